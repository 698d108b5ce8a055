import {primaryDeployment, updateService} from '../../ecs/services.js'
import type {CompletedRollout} from '../../rollout/follow-deployment.js'
import type {Context} from '../context.js'
import {followToEnd} from './follow-to-end.js'
import {requireService} from './require-service.js'

export interface RestartServiceOptions {
  readonly cluster: string
  readonly name: string
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface RestartServiceResult {
  readonly service: string
  readonly cluster: string
  readonly taskDefinition: string
  /** Absent in a dry run. */
  readonly deploymentId: string | undefined
  readonly dryRun: boolean
  readonly rollout: CompletedRollout | undefined
}

/** Replaces every task by a new one of the same task definition; a mutable image tag is resolved again. */
export async function restartService(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  {cluster, name, wait, timeoutMs, dryRun}: RestartServiceOptions,
): Promise<RestartServiceResult> {
  const {aws} = context
  const {taskDefinition} = await requireService(aws, cluster, name)
  const result = {service: name, cluster, taskDefinition, dryRun}
  if (dryRun) return {...result, deploymentId: undefined, rollout: undefined}
  const updated = await updateService(aws.ecs, {cluster, service: name, forceNewDeployment: true})
  const {id} = primaryDeployment(updated)
  const rollout = wait ? await followToEnd(context, {cluster, service: name, deploymentId: id, timeoutMs}) : undefined
  return {...result, deploymentId: id, rollout}
}
