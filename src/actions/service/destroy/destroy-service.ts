import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import {confirmDeletion} from '../../confirmation.js'
import type {Context} from '../../context.js'
import {planDestruction} from './plan.js'

export interface DestroyServiceOptions {
  readonly cluster: string
  readonly name: string
  /** Scales a service down that still runs tasks. */
  readonly force: boolean
  readonly keepLogs: boolean
  readonly keepImages: boolean
  readonly keepSecrets: boolean
  /** Answers the confirmation. */
  readonly yes: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface DestroyServiceResult {
  readonly service: string
  readonly cluster: string
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Deletes a service and everything that belongs to it alone: its listener rules, target group, security group, task
 * definitions, log group, image repository, secrets and their policy. Shared things stay: the cluster, the execution role, the
 * load balancer with its other rules. What is missing already is passed over, so that a stopped run can be repeated.
 *
 * @throws AwsError SERVICE_RUNNING without `force` when tasks are wanted; UsageError, CancelledError unconfirmed
 */
export async function destroyService(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: DestroyServiceOptions,
): Promise<DestroyServiceResult> {
  const {output, signal} = context
  const {cluster, name, yes, dryRun} = options
  const report = await runPlan(planDestruction(context, options), {
    output,
    signal,
    dryRun,
    beforeChanges: (changes) => confirmDeletion(output, `service ${name}`, changes, yes),
  })
  return {service: name, cluster, dryRun, changes: report.changes}
}
