import {Flags} from '@oclif/core'
import type {Context} from '../actions/context.js'
import {followTasks} from '../actions/task/run/follow-tasks.js'
import type {EndedTask} from '../actions/task/run/wait-for-tasks.js'
import {requireSuccess, waitForTasks} from '../actions/task/run/wait-for-tasks.js'
import type {Paint} from '../output/paint.js'
import {durationFlag} from './flags.js'
import type {LogEventDocument} from './render/log-events.js'
import {logEventDocument, renderLogLines} from './render/log-events.js'
import {createStreamPaint} from './stream-colors.js'

const tenDaysMs = 10 * 24 * 3_600_000

/** For a command that can stay with tasks until they have ended. */
export const taskEndFlags = {
  wait: Flags.boolean({description: 'wait until the tasks have ended'}),
  follow: Flags.boolean({char: 'f', description: 'wait, and show what the tasks write meanwhile'}),
  'exit-code': Flags.boolean({description: 'wait, and end with the exit code of the container'}),
  timeout: durationFlag({
    description: 'how long to wait, e.g. 90s or 10m; until the end without it',
    helpValue: '<duration>',
    default: tenDaysMs,
    defaultHelp: async () => '10d',
  }),
}

export interface WatchedTasks {
  readonly cluster: string
  readonly name: string
  readonly tasks: readonly {readonly id: string}[]
  readonly taskDefinition: string | undefined
  readonly dryRun: boolean
  /** Milliseconds since 1970. */
  readonly startedMs: number
  readonly wait: boolean
  readonly follow: boolean
  readonly 'exit-code': boolean
  /** Milliseconds. */
  readonly timeout: number
}

/**
 * Stays with the tasks as the flags say; `undefined` where none of them does.
 *
 * @param show takes log events in place of lines on standard output
 */
export async function watchTasks(
  context: Context,
  watched: WatchedTasks,
  paint: Paint,
  show: ((event: LogEventDocument) => void) | undefined,
): Promise<EndedTask[] | undefined> {
  const {cluster, name, taskDefinition, dryRun, startedMs, wait, follow, timeout: timeoutMs} = watched
  const staysWith = wait || follow || watched['exit-code']
  if (dryRun || !staysWith || taskDefinition === undefined) return undefined
  const options = {cluster, name, taskIds: watched.tasks.map(({id}) => id), timeoutMs}
  if (!follow) return waitForTasks(context, options)
  const paintStream = createStreamPaint(paint)
  return followTasks(context, {...options, taskDefinition, startedMs}, (events) => {
    if (show === undefined) context.output.result(renderLogLines(events, {timestamps: false, paintStream}))
    else events.map(logEventDocument).forEach(show)
  })
}

/**
 * The exit code of the tasks' containers: of several the first that is not 0.
 *
 * @throws DeploymentError when a container never ran
 */
export function runExitCode(name: string, ended: readonly EndedTask[]): number {
  const neverRan = ended.filter(({exitCode}) => exitCode === undefined)
  if (neverRan.length > 0) requireSuccess(name, neverRan)
  return ended.find(({exitCode}) => exitCode !== 0)?.exitCode ?? 0
}
