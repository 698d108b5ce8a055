import type {TaskDefinitionInput} from '../../../ecs/task-definitions.js'
import {UsageError} from '../../../errors/errors.js'
import {lastNameOf, looksLikeArn} from '../../../lib/arn.js'
import {nearestTaskSizes, parseTaskSize, taskSizeProblem} from '../../../lib/task-size.js'
import {withContainer} from '../revise/revision.js'
import type {RunningService} from '../revise/running.js'
import type {CapacityAndTask} from './compatibility.js'
import {compatibilityAfter, compatibilityDetail} from './compatibility.js'
import type {TaskChanges} from './options.js'

/** A registration with the changes that are asked for. @throws UsageError TASK_SIZE_INVALID */
export function withTaskChanges(
  registration: TaskDefinitionInput,
  {container, service}: RunningService,
  changes: CapacityAndTask,
): TaskDefinitionInput {
  const {architecture, command, ephemeralStorageGib, taskRole} = changes
  const compatible = compatibilityAfter(registration, service, changes)
  checkSize(registration, service.name, changes)
  const edited: TaskDefinitionInput = {
    ...registration,
    ...sizeOf(registration, changes),
    ...(architecture !== undefined &&
      architecture !== architectureOf(registration) && {
        runtimePlatform: {
          operatingSystemFamily: 'LINUX',
          ...registration.runtimePlatform,
          cpuArchitecture: architecture === 'arm64' ? 'ARM64' : 'X86_64',
        },
      }),
    ...(taskRole !== undefined && !isSameRole(taskRole, registration.taskRoleArn) && {taskRoleArn: taskRole}),
    ...(ephemeralStorageGib !== undefined && {ephemeralStorage: {sizeInGiB: ephemeralStorageGib}}),
    ...(compatible !== undefined && {requiresCompatibilities: compatible}),
  }
  return command === undefined
    ? edited
    : withContainer(edited, container.name, (each) => ({...each, command: [...command]}))
}

/** A phrase for each change: `cpu 256 → 512`. Commands can hold what is secret and are not repeated. */
export function describeTaskChanges(
  {revision, container, service}: RunningService,
  changes: CapacityAndTask,
): string[] {
  const {taskDefinition: task} = revision
  const {command, taskRole} = changes
  const {cpu, memory} = {...task, ...sizeOf(task, changes)}
  const rows: readonly (readonly [string, unknown, unknown])[] = [
    ['cpu', task.cpu ?? 'none', cpu ?? 'none'],
    ['memory', task.memory ?? 'none', memory ?? 'none'],
    ['architecture', architectureOf(task), changes.architecture],
    ['ephemeral storage', task.ephemeralStorage?.sizeInGiB ?? 'default', changes.ephemeralStorageGib],
  ]
  const isOther = command !== undefined && JSON.stringify(command) !== JSON.stringify(container.command ?? [])
  return [
    ...rows
      .filter(([, from, to]) => to !== undefined && from !== to)
      .map(([what, from, to]) => `${what} ${from} → ${to}`),
    ...(taskRole === undefined || isSameRole(taskRole, task.taskRoleArn)
      ? []
      : [`task role ${task.taskRoleArn ? lastNameOf(task.taskRoleArn) : 'none'} → ${lastNameOf(taskRole)}`]),
    ...compatibilityDetail(task, service, changes),
    ...(isOther ? [`another command of container ${container.name}`] : []),
  ]
}

/** ECS takes X86_64 where a task definition says nothing. */
const architectureOf = ({runtimePlatform}: Pick<TaskDefinitionInput, 'runtimePlatform'>): string =>
  (runtimePlatform?.cpuArchitecture ?? 'X86_64').toLowerCase()

const sizeOf = (task: TaskSizeTexts, {cpu, memory}: TaskChanges) => {
  const present = parseTaskSize(task.cpu ?? '', task.memory ?? '')
  return {
    ...(cpu !== undefined && !(present.ok && present.value.cpu === cpu) && {cpu: String(cpu)}),
    ...(memory !== undefined && !(present.ok && present.value.memory === memory) && {memory: String(memory)}),
  }
}

interface TaskSizeTexts {
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
}

/** A pair of which one half runs already is only known to be wrong, or right, once that is read. */
function checkSize(task: TaskDefinitionInput, service: string, {cpu, memory}: TaskChanges): void {
  if (cpu === undefined && memory === undefined) return
  // Outside Fargate a task can have any size that its instance has room for.
  if (task.requiresCompatibilities !== undefined && !task.requiresCompatibilities.includes('FARGATE')) return
  const wanted = {cpu: cpu ?? Number(task.cpu), memory: memory ?? Number(task.memory)}
  const problem = taskSizeProblem(wanted)
  if (problem === undefined) return
  const running = cpu === undefined ? `cpu ${task.cpu}` : `memory ${task.memory}`
  const half = cpu === undefined || memory === undefined
  throw new UsageError(
    'TASK_SIZE_INVALID',
    half ? `${problem}; service ${service} runs with ${running}, and only the other is given` : problem,
    {
      details: wanted,
      hints: nearestTaskSizes(wanted).map(
        (size) => `fargate service update ${service} --cpu ${size.cpu} --memory ${size.memory}`,
      ),
    },
  )
}

/** ECS answers the ARN of a role that was given by its name. */
function isSameRole(wanted: string, present: string | undefined): boolean {
  if (present === undefined) return false
  return looksLikeArn(wanted) && looksLikeArn(present) ? wanted === present : lastNameOf(wanted) === lastNameOf(present)
}
