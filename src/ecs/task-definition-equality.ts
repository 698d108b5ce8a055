import type {TaskDefinitionInput} from './task-definitions.js'

/**
 * Whether two registrations mean the same to ECS, so that registering would only make an equal revision.
 * ECS adds defaults to what it answers; they are taken away from both before the comparison, and lists whose order
 * means nothing are sorted.
 */
export function sameTaskDefinition(one: TaskDefinitionInput, other: TaskDefinitionInput): boolean {
  return canonical(one) === canonical(other)
}

const canonical = (input: TaskDefinitionInput): string => JSON.stringify(normalise(input, ''))

/** Members that are maps: their keys are the user's own, and none of them has a default. */
const maps: ReadonlySet<string> = new Set(['dockerLabels', 'options', 'driverOpts', 'labels'])

/** Members whose lists are sets, with the member that names an entry. */
const unordered: Readonly<Record<string, string>> = {environment: 'name', secrets: 'name', tags: 'key'}

/** What ECS fills in where a registration says nothing. */
const defaults: Readonly<Record<string, unknown>> = {
  cpu: 0,
  protocol: 'tcp',
  essential: true,
  enableFaultInjection: false,
}

function normalise(value: unknown, member: string): unknown {
  if (Array.isArray(value)) return normaliseList(value, member)
  if (typeof value !== 'object' || value === null) return value
  const port = value as {containerPort?: number; hostPort?: number}
  const isDefault = (name: string, child: unknown) =>
    name === 'hostPort' ? child === port.containerPort : name in defaults && child === defaults[name]
  const entries = Object.entries(value)
    .filter(([name, child]) => maps.has(member) || !isDefault(name, child))
    .map(([name, child]) => [name, normalise(child, name)] as const)
    .filter(([, child]) => !isEmpty(child))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries)
}

function normaliseList(list: readonly unknown[], member: string): unknown[] {
  const items = list.map((item) => normalise(item, ''))
  const key = unordered[member]
  if (key === undefined) return items
  const nameOf = (item: unknown) => String((item as Record<string, unknown>)[key])
  return items.sort((one, other) => Number(nameOf(one) > nameOf(other)) - Number(nameOf(one) < nameOf(other)))
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
