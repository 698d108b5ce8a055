import {shortenWithHash, shortHash} from './hash.js'

/** A service keeps tasks running, a task group runs them once. */
export type WorkloadKind = 'service' | 'task'

export const defaultClusterName = 'fargate'
export const executionRoleName = 'ecsTaskExecutionRole'
export const logStreamPrefix = 'fargate'

const TASK_MARKER = 'fargate:'
const MAX_TARGET_GROUP_NAME_LENGTH = 32
const MAX_SECURITY_GROUP_NAME_LENGTH = 255
const MAX_REPOSITORY_NAME_LENGTH = 256
const MAX_POLICY_NAME_LENGTH = 128

/** `service_<name>` or `task_<name>`. */
export function taskDefinitionFamily(kind: WorkloadKind, name: string): string {
  return `${kind}_${name}`
}

/** `/fargate/service/<name>` or `/fargate/task/<name>`. */
export function logGroupName(kind: WorkloadKind, name: string): string {
  return `/fargate/${kind}/${name}`
}

/** The log stream of one container: the awslogs driver joins prefix, container name and task id. */
export function logStreamName(container: string, taskId: string): string {
  return `${logStreamPrefix}/${container}/${taskId}`
}

/** What marks the tasks of a group: `fargate:<name>`. */
export function taskGroupMarker(name: string): string {
  return `${TASK_MARKER}${name}`
}

/** The name in a `startedBy` that is the marker of a task group; `undefined` for any other, even if it holds one. */
export function taskGroupOf(startedBy: string | undefined): string | undefined {
  if (startedBy === undefined || !startedBy.startsWith(TASK_MARKER)) return undefined
  const name = startedBy.slice(TASK_MARKER.length)
  return name === '' ? undefined : name
}

/**
 * The image repository of a service or task group: its name in lower case, since neither ECR nor docker takes capitals.
 * Names that differ in case alone share a repository, as do equal names in two clusters.
 *
 * A name that ECR would still refuse (shorter than two characters, a hyphen beside an underscore, one of them at the
 * end) is mended and gets a hash.
 */
export function repositoryName(name: string): string {
  const lower = name.toLowerCase()
  const isTaken = lower.length >= 2 && lower.length <= MAX_REPOSITORY_NAME_LENGTH
  if (isTaken && /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(lower)) return lower
  const plain = lower.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return shortenWithHash(plain, lower, MAX_REPOSITORY_NAME_LENGTH)
}

/** The target group of a service: `<cluster>-<service>`, or a valid name made from it. */
export function targetGroupName(cluster: string, service: string): string {
  return targetGroupNameOf(`${cluster}-${service}`, `${cluster}/${service}`)
}

/** The target group to which a new load balancer forwards what no rule takes: `<load balancer>-default`. */
export function defaultTargetGroupName(loadBalancer: string): string {
  return targetGroupNameOf(`${loadBalancer}-default`, loadBalancer)
}

/** The security group of the tasks of a service or task group. EC2 compares such names without case. */
export function workloadSecurityGroupName(kind: WorkloadKind, cluster: string, name: string): string {
  return nameWithoutCase(`fargate/${kind}/${cluster}/${name}`, MAX_SECURITY_GROUP_NAME_LENGTH)
}

/** The security group of a load balancer. */
export function loadBalancerSecurityGroupName(loadBalancer: string): string {
  return nameWithoutCase(`fargate/lb/${loadBalancer}`, MAX_SECURITY_GROUP_NAME_LENGTH)
}

/**
 * The inline policy of the execution role that lets it read the secrets of one service or task group. No name
 * has a dot, so no two share a policy.
 */
export function secretPolicyName(kind: WorkloadKind, cluster: string, name: string): string {
  const workload = kind === 'service' ? name : `${kind}.${name}`
  return nameWithoutCase(`fargate.${cluster}.${workload}.secrets`, MAX_POLICY_NAME_LENGTH)
}

/** The secret of a service that holds the value of one of its variables: `/fargate/<cluster>/<service>/<NAME>`. */
export const serviceSecretName = (cluster: string, service: string, variable: string): string =>
  `/fargate/${cluster}/${service}/${variable}`

/** Elastic Load Balancing takes letters, digits and hyphens, no hyphen at either end, up to 32 characters. */
function targetGroupNameOf(name: string, identity: string): string {
  const isTaken = name.length <= MAX_TARGET_GROUP_NAME_LENGTH && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name)
  if (isTaken) return name
  const plain = name.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return shortenWithHash(plain, identity, MAX_TARGET_GROUP_NAME_LENGTH)
}

/** For what AWS compares without case: a name with capitals gets a hash, to stay apart from the same name without. */
function nameWithoutCase(name: string, longest: number): string {
  if (name.length <= longest && name === name.toLowerCase()) return name
  const withHash = `${name}-${shortHash(name)}`
  return withHash.length <= longest ? withHash : shortenWithHash(name, name, longest)
}
