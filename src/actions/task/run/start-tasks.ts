import {inParallel} from '../../../aws/batching.js'
import type {Ecs} from '../../../ecs/sdk.js'
import type {Task, TaskStart, TaskStartFailure} from '../../../ecs/tasks.js'
import {runTaskLimit, runTasks} from '../../../ecs/tasks.js'
import {AwsError} from '../../../errors/errors.js'
import {taskGroupMarker} from '../../../lib/resource-names.js'
import {plural} from '../../../lib/text.js'
import {capacityInput} from '../../infrastructure/capacity.js'
import type {Network} from '../../infrastructure/network.js'
import type {WorkloadOptions} from '../../infrastructure/workload.js'
import {lowerCaseTags, withMarks} from '../../tags.js'

export interface TaskSurroundings {
  readonly cluster: string
  readonly taskDefinition: string
  readonly network: Network
  readonly securityGroups: readonly string[]
}

/**
 * Starts the tasks, ten in a call. RunTask answers with HTTP 200 what it could not start.
 *
 * @throws AwsError TASKS_NOT_STARTED when some or all could not be started, naming those that run
 */
export async function startTasks(
  ecs: Ecs,
  options: WorkloadOptions,
  around: TaskSurroundings,
): Promise<readonly Task[]> {
  const {name, count, capacity, assignPublicIp, tags} = options
  const {cluster, taskDefinition, network, securityGroups} = around
  const starts = await inParallel(callSizes(count), (size) =>
    runTasks(ecs, {
      cluster,
      taskDefinition,
      count: size,
      startedBy: taskGroupMarker(name),
      ...capacityInput(capacity),
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: network.subnets.map(({id}) => id),
          securityGroups: [...securityGroups],
          assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
        },
      },
      enableECSManagedTags: true,
      tags: lowerCaseTags(withMarks(tags)),
    }),
  )
  return tasksOf(starts, options)
}

/** Ten, ten, and the rest. */
function callSizes(count: number): number[] {
  const calls = Math.ceil(count / runTaskLimit)
  return Array.from({length: calls}, (_, index) => Math.min(runTaskLimit, count - index * runTaskLimit))
}

function tasksOf(starts: readonly TaskStart[], {name, count}: WorkloadOptions): readonly Task[] {
  const tasks = starts.flatMap((start) => start.tasks)
  const failures = starts.flatMap((start) => start.failures)
  if (failures.length === 0 && tasks.length === count) return tasks
  const reasons = [...new Set(failures.map(reasonOf))]
  const missing = count - tasks.length
  const why = reasons.length === 0 ? 'ECS gives no reason' : reasons.join('; ')
  const others = tasks.length === 0 ? '' : `; ${plural(tasks.length, 'task')} of ${name} started`
  throw new AwsError(
    'TASKS_NOT_STARTED',
    `ECS does not start ${missing} of ${plural(count, 'task')}: ${why}${others}`,
    {
      details: {taskGroup: name, started: tasks.map(({id}) => id), failures},
      hints: tasks.length === 0 ? [] : [`fargate task ps ${name}`, `fargate task stop ${name}`],
    },
  )
}

const reasonOf = ({reason, detail}: TaskStartFailure): string => (detail ? `${reason} (${detail})` : reason)
