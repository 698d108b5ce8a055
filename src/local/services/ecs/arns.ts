import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'

export const clusterArn = (scope: Scope, name: string): string => regionalArn('ecs', scope, `cluster/${name}`)
export const serviceArn = (scope: Scope, cluster: string, name: string): string =>
  regionalArn('ecs', scope, `service/${cluster}/${name}`)
const taskArn = (scope: Scope, cluster: string, id: string): string =>
  regionalArn('ecs', scope, `task/${cluster}/${id}`)
export const taskDefinitionArn = (scope: Scope, family: string, revision: number): string =>
  regionalArn('ecs', scope, `task-definition/${family}:${revision}`)

const isArn = (reference: string): boolean => reference.startsWith('arn:')

/** The ARN of a cluster from its name or ARN; no reference at all means the cluster `default`. */
export const clusterReference = (scope: Scope, reference = 'default'): string =>
  isArn(reference) ? reference : clusterArn(scope, reference)

/** The ARN of a service from its name or ARN; the old form of the ARN does not have the cluster. */
export function serviceReference(scope: Scope, cluster: string, reference: string): string {
  const oldForm = /^arn:[^:]+:ecs:[^:]+:[^:]+:service\/([^/]+)$/.exec(reference)
  if (oldForm?.[1] !== undefined) return serviceArn(scope, cluster, oldForm[1])
  return isArn(reference) ? reference : serviceArn(scope, cluster, reference)
}

/** The ARN of a task from its id or ARN. */
export function taskReference(scope: Scope, cluster: string, reference: string): string {
  const oldForm = /^arn:[^:]+:ecs:[^:]+:[^:]+:task\/([^/]+)$/.exec(reference)
  if (oldForm?.[1] !== undefined) return taskArn(scope, cluster, oldForm[1])
  return isArn(reference) ? reference : taskArn(scope, cluster, reference)
}

/** The last name in an ARN, for messages. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
