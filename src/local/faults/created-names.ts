import type {WireCall} from '../wire/wire-options.js'

/** What a write has made, by which reads may ask for it. */
export interface CreatedName {
  readonly value: string
  /** Members of an input in which the value means this resource; everywhere where they are not given. */
  readonly members?: readonly string[]
}

type Reader = (output: never, input: never) => readonly (CreatedName | undefined)[]

const anywhere = (value: string | undefined): CreatedName | undefined => (value === undefined ? undefined : {value})
const named = (value: string | undefined, ...members: string[]): CreatedName | undefined =>
  value === undefined ? undefined : {value, members}

/** The operations that make something, with how their answers name it. */
const readers: Readonly<Record<string, Reader>> = {
  'ecs:CreateCluster': ({cluster}: {cluster?: {clusterArn?: string; clusterName?: string}}) => [
    anywhere(cluster?.clusterArn),
    named(cluster?.clusterName, 'cluster', 'clusters', 'clusterName'),
  ],
  'ecs:CreateService': ({service}: {service?: {serviceArn?: string; serviceName?: string}}) => [
    anywhere(service?.serviceArn),
    named(service?.serviceName, 'service', 'services', 'serviceName'),
  ],
  'ecs:RegisterTaskDefinition': ({
    taskDefinition,
  }: {
    taskDefinition?: {taskDefinitionArn?: string; family?: string; revision?: number}
  }) => [
    anywhere(taskDefinition?.taskDefinitionArn),
    anywhere(taskDefinition && `${taskDefinition.family}:${taskDefinition.revision}`),
  ],
  'ecs:RunTask': ({tasks = []}: {tasks?: {taskArn?: string}[]}) =>
    tasks.flatMap(({taskArn}) => [anywhere(taskArn), anywhere(taskArn?.split('/').at(-1))]),
  'ec2:CreateSecurityGroup': ({GroupId}: {GroupId?: string}) => [anywhere(GroupId)],
  'elasticloadbalancing:CreateLoadBalancer': ({
    LoadBalancers = [],
  }: {
    LoadBalancers?: {LoadBalancerArn?: string; LoadBalancerName?: string}[]
  }) => LoadBalancers.flatMap((each) => [anywhere(each.LoadBalancerArn), named(each.LoadBalancerName, 'Names')]),
  'elasticloadbalancing:CreateTargetGroup': ({
    TargetGroups = [],
  }: {
    TargetGroups?: {TargetGroupArn?: string; TargetGroupName?: string}[]
  }) => TargetGroups.flatMap((each) => [anywhere(each.TargetGroupArn), named(each.TargetGroupName, 'Names')]),
  'elasticloadbalancing:CreateListener': ({Listeners = []}: {Listeners?: {ListenerArn?: string}[]}) =>
    Listeners.map(({ListenerArn}) => anywhere(ListenerArn)),
  'elasticloadbalancing:CreateRule': ({Rules = []}: {Rules?: {RuleArn?: string}[]}) =>
    Rules.map(({RuleArn}) => anywhere(RuleArn)),
  'iam:CreateRole': ({Role}: {Role?: {RoleName?: string}}) => [named(Role?.RoleName, 'RoleName')],
  'iam:CreateServiceLinkedRole': ({Role}: {Role?: {RoleName?: string}}) => [named(Role?.RoleName, 'RoleName')],
  'ecr:CreateRepository': ({repository}: {repository?: {repositoryArn?: string; repositoryName?: string}}) => [
    anywhere(repository?.repositoryArn),
    named(repository?.repositoryName, 'repositoryName', 'repositoryNames'),
  ],
  'logs:CreateLogGroup': (_output: object, {logGroupName}: {logGroupName?: string}) => [
    named(logGroupName, 'logGroupName', 'logGroupNamePrefix'),
  ],
}

/** The names of what a call has made; none for a call that makes nothing. */
export function createdNames({service, operation, input}: WireCall, output: object): CreatedName[] {
  const reader = readers[`${service}:${operation}`]
  return reader === undefined ? [] : reader(output as never, input as never).filter((name) => name !== undefined)
}

/**
 * Replaces names by ones that nothing has: what AWS says of these is what it said of the others before they were made.
 *
 * @returns undefined where the input holds none of the names
 */
export function withoutCreated(
  input: unknown,
  names: readonly CreatedName[],
): {readonly input: unknown; restore<Value>(value: Value): Value} | undefined {
  const used = new Map<string, string>()
  const changed = mapTexts(input, (text, member) => {
    const name = names.find(({value, members}) => value === text && (members?.includes(member) ?? true))
    if (name === undefined) return text
    used.set(unknownName(text), text)
    return unknownName(text)
  })
  if (used.size === 0) return undefined
  const restoreText = (text: string): string =>
    [...used].reduce((restored, [unknown, name]) => restored.replaceAll(unknown, name), text)
  return {input: changed, restore: (value) => mapTexts(value, restoreText)}
}

/** A name of the same form that nobody has: another revision, another id, or the name spelt backwards and longer. */
function unknownName(name: string): string {
  const revision = /^(.*):(\d+)$/.exec(name)
  if (revision !== null) return `${revision[1]}:${Number(revision[2]) + 900_000}`
  const id = /^(.*?)([0-9a-f]{8,})$/.exec(name)
  if (id !== null)
    return `${id[1]}${(id[2] ?? '').replace(/[0-9a-f]/g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16))}`
  const last = name.split('/').at(-1) ?? ''
  return `${name.slice(0, name.length - last.length)}${[...last].reverse().join('')}qx`.slice(
    0,
    Math.max(name.length, 32),
  )
}

/** The same value with other texts; `member` is the nearest name above a text. */
function mapTexts<Value>(value: Value, change: (text: string, member: string) => string, member = ''): Value {
  if (typeof value === 'string') return change(value, member) as Value
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, member)) as Value
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value
  const entries = Object.entries(value).map(([name, item]) => [name, mapTexts(item, change, name)])
  return Object.fromEntries(entries) as Value
}
