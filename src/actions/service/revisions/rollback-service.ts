import {familyAndRevision} from '../../../ecs/task-definitions.js'
import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import {lookUp} from '../../../plan/step.js'
import type {CompletedRollout} from '../../../rollout/follow-deployment.js'
import type {Context} from '../../context.js'
import {followUpdate} from '../revise/follow.js'
import {findRunning} from '../revise/running.js'
import {updateStep} from '../revise/update.js'
import {revisionDifferences} from './revision-differences.js'
import {findRollbackTarget} from './rollback-target.js'

export interface RollbackOptions {
  readonly cluster: string
  readonly name: string
  /** `3`, `service_web:3` or an ARN; the last one that ran successfully before the present one, without it. */
  readonly revision: string | undefined
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface RollbackResult {
  readonly service: string
  readonly cluster: string
  readonly taskDefinition: string
  readonly previousTaskDefinition: string
  /** What the revision has otherwise than the one before, a phrase each. */
  readonly differences: readonly string[]
  /** Why nothing was to be done although no revision was named. */
  readonly already: string | undefined
  readonly dryRun: boolean
  readonly changes: readonly Change[]
  readonly rollout: CompletedRollout | undefined
}

/**
 * Has a service run an earlier revision of its task definition again, and waits until it does. Its other settings stay.
 *
 * @throws AwsError and UsageError of `findRollbackTarget`; DeploymentError and WaitTimeoutError of the deployment
 */
export async function rollbackService(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  {cluster, name, revision: wanted, wait, timeoutMs, dryRun}: RollbackOptions,
): Promise<RollbackResult> {
  const {output, signal} = context
  const before = await findRunning(context.aws, {cluster, name})
  const {revision, already} = await findRollbackTarget(context, {cluster, service: before.service, wanted})
  const differences = revisionDifferences(before.revision.taskDefinition, revision.taskDefinition)
  const back = familyAndRevision(revision.arn)
  const running = lookUp({id: 'running', title: `service ${name}`, find: async () => before})
  const taskDefinition = lookUp({
    id: 'task-definition',
    title: `task definition ${back}`,
    find: async () => revision.arn,
  })
  const update = updateStep(context, {cluster, name}, {running, taskDefinition})
  const report = await runPlan([update], {output, signal, dryRun})
  const rollout =
    dryRun || !wait ? undefined : await followUpdate(context, {cluster, name, timeoutMs}, report.value(update), before)
  return {
    service: name,
    cluster,
    taskDefinition: revision.arn,
    previousTaskDefinition: before.revision.arn,
    ...{differences, already, dryRun},
    changes: report.changes,
    rollout,
  }
}
