import type {Scope} from '../scope.js'
import type {WireCall} from '../wire/wire-options.js'
import type {Fault} from './fault.js'
import {matchesName, PASS_ROLE} from './operation-names.js'

/** Where a task belongs, as faults name it. */
export interface TaskPlace {
  readonly scope: Scope
  readonly clusterName: string
  /** `service:web` for the task of a service, or for instance `family:job`. */
  readonly group: string
  readonly family: string
}

export const matchesScope = ({account, region}: Fault, scope: Scope): boolean =>
  (account === undefined || account === scope.account) && (region === undefined || region === scope.region)

/** Whether a fault of requests is about this one. */
export function matchesCall(fault: Fault, call: WireCall): boolean {
  const {service, operation, resource} = fault
  if (!matchesScope(fault, call)) return false
  if (service !== undefined && service !== call.service) return false
  if (operation === PASS_ROLE) {
    if (passedRole(call) === undefined) return false
  } else if (operation !== undefined) {
    const [prefix, name = ''] = operation.split(':')
    if (prefix !== call.service || !matchesName(name, call.operation)) return false
  }
  return (
    resource === undefined || textsIn(call.input).some((text) => matchesName(resource, text) || isEnd(resource, text))
  )
}

export function matchesTask(fault: Fault, {scope, clusterName, group, family}: TaskPlace): boolean {
  return (
    matchesScope(fault, scope) &&
    (fault.cluster === undefined || fault.cluster === clusterName) &&
    (fault.serviceName === undefined || group === `service:${fault.serviceName}`) &&
    (fault.family === undefined || fault.family === family)
  )
}

/** Whether an ARN or reference has this name, or is it: `web` is that of `arn:…:service/fargate/web`. */
export const isNamed = (name: string | undefined, full: string): boolean =>
  name === undefined || name === full || isEnd(name, full)

const isEnd = (name: string, full: string): boolean => full.endsWith(`/${name}`) || full.endsWith(`:${name}`)

/** The role that a task definition hands to ECS. */
export function passedRole({service, operation, input}: WireCall): string | undefined {
  if (service !== 'ecs' || operation !== 'RegisterTaskDefinition') return undefined
  const {executionRoleArn, taskRoleArn} = input as {executionRoleArn?: string; taskRoleArn?: string}
  return executionRoleArn ?? taskRoleArn
}

/** Every text in an input, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
