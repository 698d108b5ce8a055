import type {ContainerDefinition, LogConfiguration} from '@aws-sdk/client-ecs'
import type {Clock} from '../clock.js'
import type {LogsPort} from '../ports.js'
import type {Scope} from '../scope.js'
import type {TaskDefinitionRecord, TaskRecord} from './records.js'

/** Where a container's output goes. */
interface LogTarget {
  readonly scope: Scope
  readonly group: string
  readonly stream: string
}

function logTarget(
  task: TaskRecord,
  container: string,
  configuration: LogConfiguration | undefined,
): LogTarget | undefined {
  if (configuration?.logDriver !== 'awslogs') return undefined
  const options = configuration.options ?? {}
  const group = options['awslogs-group']
  if (group === undefined) return undefined
  const prefix = options['awslogs-stream-prefix']
  return {
    scope: {account: task.scope.account, region: options['awslogs-region'] ?? task.scope.region},
    group,
    stream: prefix === undefined ? task.taskId : `${prefix}/${container}/${task.taskId}`,
  }
}

const containersOf = (definition: TaskDefinitionRecord): ContainerDefinition[] =>
  definition.registration.containerDefinitions ?? []

/**
 * Sets up the log drivers of a task as the agent does before it starts the containers: makes the log streams, and the
 * log groups where `awslogs-create-group` asks for it. Of a driver other than awslogs nothing is sent anywhere.
 *
 * @returns the stopped reason where that cannot be done; the region of a group is only checked here
 */
export function openLogs(logs: LogsPort, task: TaskRecord, definition: TaskDefinitionRecord): string | undefined {
  for (const {name = '', logConfiguration} of containersOf(definition)) {
    const target = logTarget(task, name, logConfiguration)
    if (target === undefined) continue
    const options = logConfiguration?.options ?? {}
    if (options['awslogs-region'] === undefined) {
      return `${NO_LOG_DRIVER}: unable to get awslogs driver arguments: awslogs-region is required`
    }
    if (options['awslogs-create-group'] === 'true') logs.createGroup(target.scope, target.group)
    if (!logs.hasGroup(target.scope, target.group)) {
      return (
        `${NO_LOG_DRIVER}: create stream has been retried 1 times: failed to create Cloudwatch log stream:` +
        ' ResourceNotFoundException: The specified log group does not exist.'
      )
    }
    logs.append(target.scope, target.group, target.stream, [])
  }
  return undefined
}

const NO_LOG_DRIVER = 'ResourceInitializationError: failed to initialize logging driver'

/** Sends a line of a container's output to its log stream; lines are lost where the group has gone, as on AWS. */
export function writeLog(
  {logs, clock}: {logs: LogsPort; clock: Clock},
  task: TaskRecord,
  definition: TaskDefinitionRecord,
  container: string,
  line: string,
): void {
  const found = containersOf(definition).find(({name}) => name === container)
  const target = logTarget(task, container, found?.logConfiguration)
  if (target === undefined || !logs.hasGroup(target.scope, target.group)) return
  logs.append(target.scope, target.group, target.stream, [{timestamp: clock.now(), message: line}])
}
