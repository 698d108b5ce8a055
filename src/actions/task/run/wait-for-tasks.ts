import {pollUntil} from '../../../aws/poll.js'
import type {Task} from '../../../ecs/tasks.js'
import {describeTasks} from '../../../ecs/tasks.js'
import {AwsError, CancelledError, DeploymentError} from '../../../errors/errors.js'
import {plural} from '../../../lib/text.js'
import type {StepProgress} from '../../../output/output.js'
import {pollEveryMs} from '../../../rollout/follow-deployment.js'
import type {StoppedTask} from '../../../rollout/stopped-task.js'
import {describeStop} from '../../../rollout/stopped-task.js'
import {reportStoppedTasks} from '../../../rollout/stopped-task-report.js'
import type {Context} from '../../context.js'

export interface WaitForTasksOptions {
  readonly cluster: string
  /** Of the task group. */
  readonly name: string
  readonly taskIds: readonly string[]
  readonly timeoutMs: number
}

/** A task that has come to its end. */
export interface EndedTask extends StoppedTask {
  /** Of the container with the task's name, or the first that ended badly; absent when none ran. */
  readonly exitCode: number | undefined
  readonly succeeded: boolean
}

/** A task is shown by DescribeTasks soon after RunTask has answered; until then it may count as missing. */
const visibleWithinMs = 60_000

/**
 * Waits until tasks have stopped, and shows what each ended with.
 *
 * @returns the tasks in the order of `taskIds`
 * @throws WaitTimeoutError when the time is over; CancelledError on Ctrl-C: the tasks go on at AWS
 */
export async function waitForTasks(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: WaitForTasksOptions,
): Promise<EndedTask[]> {
  const {name, taskIds} = options
  const title = `Waiting for ${plural(taskIds.length, 'task')} of ${name} to end`
  return context.output.step(title, (progress) => untilTasksEnd(context, options, progress))
}

/** As {@link waitForTasks}, within a step of the caller. */
export async function untilTasksEnd(
  context: Pick<Context, 'aws' | 'clock' | 'signal'>,
  options: WaitForTasksOptions,
  progress: StepProgress,
): Promise<EndedTask[]> {
  const {name, taskIds} = options
  try {
    return await pollTasks(context, options, progress)
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error
    throw new CancelledError('DETACHED', `${plural(taskIds.length, 'task')} of ${name} may still run at AWS`, {
      details: {taskGroup: name, tasks: taskIds},
      hints: [`fargate task ps ${name}`, `fargate task stop ${name}`],
    })
  }
}

async function pollTasks(
  {aws, clock, signal}: Pick<Context, 'aws' | 'clock' | 'signal'>,
  {cluster, name, taskIds, timeoutMs}: WaitForTasksOptions,
  progress: StepProgress,
): Promise<EndedTask[]> {
  const ended = new Map<string, EndedTask>()
  const seen = new Set<string>()
  const startedAt = clock.now()
  const what = `tasks of ${name} to end`
  return pollUntil({clock, signal, everyMs: pollEveryMs, timeoutMs, what}, async () => {
    const waiting = taskIds.filter((id) => !ended.has(id))
    const tasks = await describeTasks(aws.ecs, cluster, waiting)
    for (const {id} of tasks) seen.add(id)
    const lost = waiting.filter((id) => !tasks.some((task) => task.id === id))
    requireKnown(lost, seen, clock.now() - startedAt)
    const fresh = await Promise.all(
      tasks
        .filter(({lastStatus}) => lastStatus === 'STOPPED')
        .map(async (task) => endOf(task, name, await describeStop(aws, task))),
    )
    for (const task of fresh) ended.set(task.taskId, task)
    const failed = (list: Iterable<EndedTask>) =>
      [...list].filter(({succeeded, stopCode}) => !succeeded && stopCode !== 'UserInitiated')
    reportStoppedTasks(failed(fresh), failed(ended.values()), progress)
    if (ended.size === taskIds.length) return taskIds.flatMap((id) => ended.get(id) ?? [])
    progress.update(progressOf(tasks, ended.size))
    return undefined
  })
}

/** A task that was there and is no more ended so long ago that ECS has forgotten how. */
function requireKnown(lost: readonly string[], seen: ReadonlySet<string>, waitedMs: number): void {
  const gone = lost.find((id) => seen.has(id) || waitedMs > visibleWithinMs)
  if (gone !== undefined) throw new AwsError('TASK_NOT_FOUND', `ECS does not know task ${gone} any more`)
}

function progressOf(tasks: readonly Task[], endedCount: number): string {
  const counts = new Map<string, number>()
  for (const {lastStatus} of tasks) counts.set(lastStatus, (counts.get(lastStatus) ?? 0) + 1)
  if (endedCount > 0) counts.set('ended', endedCount)
  return [...counts].map(([status, count]) => `${count} ${status.toLowerCase()}`).join(', ')
}

function endOf(task: Task, name: string, stopped: StoppedTask): EndedTask {
  const codes = task.containers.flatMap(({exitCode}) => (exitCode === undefined ? [] : [exitCode]))
  const own = task.containers.find((container) => container.name === name)?.exitCode
  const exitCode = own ?? codes.find((code) => code !== 0) ?? codes[0]
  return {...stopped, exitCode, succeeded: exitCode === 0}
}

/**
 * Makes a failure of tasks that ended with another exit code than 0, or never ran.
 *
 * @throws DeploymentError TASK_FAILED
 */
export function requireSuccess(name: string, tasks: readonly EndedTask[]): void {
  const failed = tasks.filter(({succeeded}) => !succeeded)
  const [first] = failed
  if (first === undefined) return
  const which = tasks.length === 1 ? `task ${first.taskId}` : `${failed.length} of ${plural(tasks.length, 'task')}`
  throw new DeploymentError('TASK_FAILED', `${which} of ${name} failed: ${first.reason}`, {
    details: {taskGroup: name, tasks},
    hints: first.hint === undefined ? [`fargate task logs ${name} --task ${first.taskId}`] : [first.hint],
  })
}
