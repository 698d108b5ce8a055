import type {ContainerDefinition, HealthCheck, KeyValuePair, TaskOverride} from '@aws-sdk/client-ecs'
import type {ImagePull, ImagesPort} from '../ports.js'
import type {ContainerSpec, TaskSpec} from '../task-runtime.js'
import {containerSettings, mappedPorts} from './container-settings.js'
import type {TaskDefinitionRecord, TaskRecord} from './records.js'
import type {SecretValues} from './task-secrets.js'
import {secretVariables} from './task-secrets.js'

/** ECS waits 30 s between SIGTERM and SIGKILL unless the container says otherwise. */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30
/** Fargate waits no longer than this for a container, whatever its definition says. */
const LONGEST_STOP_TIMEOUT_SECONDS = 120

/** What came of pulling a task's images: one answer per container name. */
export type Pulls = ReadonlyMap<string, ImagePull>

/** What the agent has fetched for a task before it starts the containers. */
export interface Fetched {
  readonly pulls: Pulls
  readonly secrets: SecretValues
}

/** Pulls the image of every container for the task's platform. */
export function pullImages(images: ImagesPort, task: TaskRecord): Pulls {
  const platform = platformOf(task)
  return new Map(task.containers.map(({name, image}) => [name, images.pull(task.scope, image, platform)]))
}

/** As image manifests spell it. */
const platformOf = (task: TaskRecord): {os: string; architecture: string} => ({
  os: task.platformFamily === 'Linux' ? 'linux' : 'windows',
  architecture: task.architecture === 'ARM64' ? 'arm64' : 'amd64',
})

/** What the runtime needs to know of a task: definition, overrides and what the images say of themselves. */
export function taskSpec(task: TaskRecord, definition: TaskDefinitionRecord, fetched: Fetched): TaskSpec {
  const {containerDefinitions = [], volumes = []} = definition.registration
  const hostname = task.networkInterface?.privateDnsName
  return {
    ...task.scope,
    taskId: task.taskId,
    family: task.family,
    vpcId: task.networkInterface?.vpcId ?? '',
    privateIpAddress: task.networkInterface?.privateIpAddress ?? '',
    cpu: Number(task.cpu),
    memoryMib: Number(task.memory),
    platform: platformOf(task),
    ...(hostname === undefined ? {} : {hostname}),
    volumes: (volumes ?? []).flatMap(({name}) => name ?? []),
    containers: (containerDefinitions ?? []).map((container) => containerSpec(task, container, fetched)),
  }
}

function containerSpec(task: TaskRecord, container: ContainerDefinition, {pulls, secrets}: Fetched): ContainerSpec {
  const name = container.name ?? ''
  const pull = pulls.get(name)
  const override = task.overrides.containerOverrides?.find((candidate) => candidate.name === name)
  const command = override?.command ?? container.command
  return {
    name,
    image: container.image ?? '',
    ...(pull?.outcome === 'pulled' ? {imageDigest: pull.digest, imageConfig: pull.config} : {}),
    ...(pull?.outcome === 'pulled' && pull.source !== undefined ? {imageSource: pull.source} : {}),
    ...containerSettings(container, override),
    essential: container.essential ?? true,
    ...(command === undefined ? {} : {command}),
    ...(container.entryPoint === undefined ? {} : {entryPoint: container.entryPoint}),
    environment: {
      ...agentEnvironment(task),
      ...variables(container.environment),
      ...variables(override?.environment),
      ...secretVariables(secrets, container),
    },
    containerPorts: mappedPorts(container, 'tcp'),
    stopTimeoutSeconds: stopTimeout(task, container),
    ...(container.healthCheck === undefined ? {} : {healthCheck: healthCheck(container.healthCheck)}),
  }
}

function stopTimeout(task: TaskRecord, container: ContainerDefinition): number {
  const seconds = container.stopTimeout ?? DEFAULT_STOP_TIMEOUT_SECONDS
  return task.containerInstanceArn !== undefined ? seconds : Math.min(seconds, LONGEST_STOP_TIMEOUT_SECONDS)
}

const variables = (pairs: readonly KeyValuePair[] | undefined): Record<string, string> =>
  Object.fromEntries((pairs ?? []).map(({name = '', value = ''}) => [name, value]))

/** The variables that the Fargate agent sets in every container. */
const agentEnvironment = ({scope}: TaskRecord): Record<string, string> => ({
  AWS_DEFAULT_REGION: scope.region,
  AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
  AWS_REGION: scope.region,
})

/** AWS's defaults: every 30 s, 5 s to answer, 3 failures in a row, no start period. */
function healthCheck({
  command,
  interval,
  timeout,
  retries,
  startPeriod,
}: HealthCheck): ContainerSpec['healthCheck'] & object {
  return {
    command: command ?? [],
    intervalSeconds: interval ?? 30,
    timeoutSeconds: timeout ?? 5,
    retries: retries ?? 3,
    startPeriodSeconds: startPeriod ?? 0,
  }
}

/** The overrides as DescribeTasks echoes them: an entry for every container. */
export const echoedOverrides = (task: TaskRecord): TaskOverride => ({
  ...task.overrides,
  containerOverrides: task.containers.map(
    ({name}) => task.overrides.containerOverrides?.find((override) => override.name === name) ?? {name},
  ),
  inferenceAcceleratorOverrides: task.overrides.inferenceAcceleratorOverrides ?? [],
})
