import {UsageError} from '../../../errors/errors.js'
import {sharedNameProblem} from '../../../lib/secret-reference.js'
import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import type {Context} from '../../context.js'
import {checkImageSource} from '../../infrastructure/build-source.js'
import type {WorkloadOptions} from '../../infrastructure/workload.js'
import {planTasks} from './plan.js'

export interface RunTaskResult {
  readonly taskGroup: string
  readonly cluster: string
  /** Absent in a dry run that would build one. */
  readonly image: string | undefined
  /** Absent in a dry run that would register one. */
  readonly taskDefinition: string | undefined
  /** None in a dry run. */
  readonly tasks: readonly {readonly id: string; readonly arn: string}[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Starts tasks of their own, and makes what they need.
 *
 * @throws UsageError, MachineError before anything is changed; AwsError TASKS_NOT_STARTED
 */
export async function runTask(context: Context, options: WorkloadOptions): Promise<RunTaskResult> {
  const problem = sharedNameProblem(options.environment, options.secrets)
  if (problem !== undefined) throw new UsageError('NAME_TAKEN', problem)
  await checkImageSource(context, options.image)
  const {cluster, name, dryRun} = options
  const plan = planTasks(context, options)
  const report = await runPlan([plan.tasks], {output: context.output, signal: context.signal, dryRun})
  return {
    taskGroup: name,
    cluster,
    image: report.value(plan.image),
    taskDefinition: report.value(plan.taskDefinition),
    tasks: (report.value(plan.tasks) ?? []).map(({id, arn}) => ({id, arn})),
    dryRun,
    changes: report.changes,
  }
}
