import {shown} from './whole-number.js'

/** Up to 255 characters in ECS, of which the task definition family `service_<name>` takes eight. */
const MAX_SERVICE_NAME_LENGTH = 247
/** `startedBy` has up to 128 characters, of which the marker `fargate:` takes eight. */
const MAX_TASK_NAME_LENGTH = 120
const MAX_CLUSTER_NAME_LENGTH = 255
const MAX_LOAD_BALANCER_NAME_LENGTH = 32

/**
 * The problem of the name of a new service, or `undefined`.
 *
 * The name is also that of the container, and part of the names of the task definition family, the log group, the
 * image repository and the target group. Those that have narrower rules get a name made from it (resource-names.ts), so
 * the rule here is that of ECS, with a letter or digit first so that no name looks like a flag.
 */
export function serviceNameProblem(name: string): string | undefined {
  return ecsNameProblem('service name', name, MAX_SERVICE_NAME_LENGTH)
}

/** The problem of the name of a group of tasks, or `undefined`. The rule of services, with at most 120 characters. */
export function taskNameProblem(name: string): string | undefined {
  return ecsNameProblem('task name', name, MAX_TASK_NAME_LENGTH)
}

/** The problem of the name of a cluster, or `undefined`. */
export function clusterNameProblem(name: string): string | undefined {
  return ecsNameProblem('cluster name', name, MAX_CLUSTER_NAME_LENGTH)
}

/** The problem of the name of a load balancer, or `undefined`. AWS keeps `internal-` for the DNS names of its own. */
export function loadBalancerNameProblem(name: string): string | undefined {
  const what = `load balancer name ${shown(name)}`
  if (name.length > MAX_LOAD_BALANCER_NAME_LENGTH) {
    return `${what} has ${name.length} characters: use at most ${MAX_LOAD_BALANCER_NAME_LENGTH}`
  }
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(name)) {
    return `${what} is not valid: use letters, digits and hyphens, with a letter or digit first and last`
  }
  if (name.toLowerCase().startsWith('internal-')) {
    return `${what} starts with internal-, which AWS keeps for itself: use another start`
  }
  return undefined
}

function ecsNameProblem(what: string, name: string, longest: number): string | undefined {
  if (name.length > longest) return `${what} ${shown(name)} has ${name.length} characters: use at most ${longest}`
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) return undefined
  return `${what} ${shown(name)} is not valid: use letters, digits, hyphens and underscores, with a letter or digit first`
}
