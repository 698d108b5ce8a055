import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import type {AnyStep, Needs, Step} from '../../../plan/step.js'
import type {CompletedRollout} from '../../../rollout/follow-deployment.js'
import type {Context} from '../../context.js'
import {followUpdate} from './follow.js'
import type {RevisionEdit} from './revision.js'
import {revisionStep} from './revision.js'
import type {RunningService, ServiceAndContainer} from './running.js'
import {runningStep} from './running.js'
import type {UpdateChange} from './update.js'
import {updateStep} from './update.js'

/** What all commands that change a running service are asked. */
export interface ReviseOptions extends ServiceAndContainer {
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

/** What all of them answer. */
export interface ReviseResult {
  readonly service: string
  readonly cluster: string
  readonly container: string
  /** The revision that runs now; the previous one when nothing was to be done. Absent in a dry run that makes one. */
  readonly taskDefinition: string | undefined
  readonly previousTaskDefinition: string
  readonly dryRun: boolean
  readonly changes: readonly Change[]
  /** Absent with --no-wait, in a dry run, and when no deployment was needed. */
  readonly rollout: CompletedRollout | undefined
}

export interface Revision<Of extends Needs> extends UpdateChange {
  readonly edit: RevisionEdit<Of>
  /** What must be done before the service changes. */
  readonly after?: readonly AnyStep[]
  /** What is changed besides, once the service is. */
  readonly then?: (updated: Step<unknown>) => readonly AnyStep[]
}

export interface Revised {
  readonly result: ReviseResult
  readonly before: RunningService
  value<Value>(step: Step<Value>): Value | undefined
}

type ReviseContext = Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>

/**
 * Edits the task definition of a service, and its settings, and waits until that runs. At most four calls depend on
 * each other: describe the service, describe its task definition, register, update.
 *
 * @param plan makes the edit from the step that finds the running service
 */
export async function reviseService<Of extends Needs>(
  context: ReviseContext,
  options: ReviseOptions,
  plan: (running: Step<RunningService>) => Revision<Of>,
): Promise<Revised> {
  const {cluster, name, dryRun, wait} = options
  const {output, signal} = context
  const running = runningStep(context, options)
  const {edit, after = [], then = () => [], ...change} = plan(running)
  const taskDefinition = revisionStep(context, running, edit)
  const update = updateStep(context, options, {running, taskDefinition, after}, change)
  const report = await runPlan([update, ...then(update)], {output, signal, dryRun})

  const before = report.value(running)
  if (before === undefined) throw new Error('a look-up has a value after the plan')
  const result = {
    service: name,
    cluster,
    container: before.container.name,
    taskDefinition: report.value(taskDefinition),
    previousTaskDefinition: before.revision.arn,
    dryRun,
    changes: report.changes,
    rollout: dryRun || !wait ? undefined : await followUpdate(context, options, report.value(update), before),
  }
  return {result, before, value: (of) => report.value(of)}
}
