import type {AwsClients} from '../aws/clients.js'
import {describeTaskDefinition} from '../ecs/task-definitions.js'
import type {Task} from '../ecs/tasks.js'
import {CliError} from '../errors/errors.js'
import {lastLogLines} from '../logs/log-events.js'
import {explainStop} from './stop-explanation.js'

/** A task that ended though it was meant to run. */
export interface StoppedTask {
  readonly taskId: string
  readonly reason: string
  readonly hint: string | undefined
  readonly stopCode: string | undefined
  readonly containers: readonly StoppedContainer[]
}

export interface StoppedContainer {
  readonly name: string
  readonly exitCode: number | undefined
  readonly reason: string | undefined
  /** The last lines of its log, oldest first; why they could not be read where that failed. */
  readonly logLines: readonly string[]
}

const logLineLimit = 10

/** What a task ended with: its reason, what helps, and the last log lines of each container that ran. */
export async function describeStop(aws: Pick<AwsClients, 'ecs' | 'logs'>, task: Task): Promise<StoppedTask> {
  const {reason, hint} = explainStop(task)
  const containers = await Promise.all(
    task.containers.map(async ({name, exitCode, reason: containerReason}) => ({
      name,
      exitCode,
      reason: containerReason,
      logLines: exitCode === undefined ? [] : await logLinesOf(aws, task, name),
    })),
  )
  return {taskId: task.id, reason, hint, stopCode: task.stopCode, containers}
}

/** The log is a help, not a condition: where it cannot be read, the reason stands in its place. */
async function logLinesOf(
  {ecs, logs}: Pick<AwsClients, 'ecs' | 'logs'>,
  task: Task,
  container: string,
): Promise<string[]> {
  try {
    const revision = await describeTaskDefinition(ecs, task.taskDefinition)
    const definition = revision?.taskDefinition.containerDefinitions?.find(({name}) => name === container)
    const {logDriver, options = {}} = definition?.logConfiguration ?? {}
    const group = options['awslogs-group']
    const prefix = options['awslogs-stream-prefix']
    if (logDriver !== 'awslogs' || group === undefined || prefix === undefined) return []
    return await lastLogLines(logs, group, `${prefix}/${container}/${task.id}`, logLineLimit)
  } catch (error) {
    if (error instanceof CliError) return [`(its log cannot be read: ${error.message})`]
    throw error
  }
}
