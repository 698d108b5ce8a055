import type {ContainerDefinition, TaskDefinition} from '../../../ecs/task-definitions.js'
import {sameJson} from '../../../lib/json-changes.js'

/**
 * What differs between two revisions, a phrase each: `image web:1 → web:2`, `cpu 256 → 512`, `variables LOG_LEVEL`.
 * Values of variables are left out, since they may be secret.
 */
export function revisionDifferences(before: TaskDefinition, after: TaskDefinition): string[] {
  const containers = after.containerDefinitions ?? []
  const former = before.containerDefinitions ?? []
  const names = [...new Set([...former, ...containers].map(({name = ''}) => name))]
  const several = names.length > 1
  return [
    ...valueChange('cpu', before.cpu, after.cpu),
    ...valueChange('memory', before.memory, after.memory),
    ...names.flatMap((name) => {
      const one = former.find((each) => each.name === name)
      const other = containers.find((each) => each.name === name)
      if (one === undefined) return [`container ${name} is added`]
      if (other === undefined) return [`container ${name} is removed`]
      return containerDifferences(one, other).map((phrase) => (several ? `${name}: ${phrase}` : phrase))
    }),
    ...memberChanges(before, after, ['cpu', 'memory', 'containerDefinitions', ...ofTheRevision]),
  ]
}

/** What every revision has for itself. */
const ofTheRevision = [
  'taskDefinitionArn',
  'revision',
  'status',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'requiresAttributes',
  'compatibilities',
]

function containerDifferences(before: ContainerDefinition, after: ContainerDefinition): string[] {
  const variables = changedNames(before.environment, after.environment, (each) => each.value)
  const secrets = changedNames(before.secrets, after.secrets, (each) => each.valueFrom)
  return [
    ...valueChange('image', before.image, after.image),
    ...(variables.length > 0 ? [`variables ${variables.join(', ')}`] : []),
    ...(secrets.length > 0 ? [`secrets ${secrets.join(', ')}`] : []),
    ...memberChanges(before, after, ['image', 'environment', 'secrets']),
  ]
}

const valueChange = (name: string, before: string | undefined, after: string | undefined): string[] =>
  before === after ? [] : [`${name} ${before ?? 'none'} → ${after ?? 'none'}`]

function changedNames<Item extends {name?: string | undefined}>(
  before: readonly Item[] = [],
  after: readonly Item[] = [],
  content: (item: Item) => string | undefined,
): string[] {
  const values = (items: readonly Item[]) => new Map(items.map((item) => [item.name ?? '', content(item)]))
  const [one, other] = [values(before), values(after)]
  const names = [...new Set([...one.keys(), ...other.keys()])].sort()
  return names.filter((name) => one.get(name) !== other.get(name) || one.has(name) !== other.has(name))
}

/** Everything else, by name alone. */
function memberChanges(before: object, after: object, besides: readonly string[]): string[] {
  const [one, other] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort()
  return names.filter((name) => !besides.includes(name) && !sameJson(one[name], other[name]))
}
