import type {ContainerDefinition} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {isFargateSize} from './sizes.js'

type Registration = TaskDefinitionRecord['registration']

const ECR_IMAGE = /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//
const STORAGE_GIB = {least: 21, most: 200}

export const isEcrImage = (image = ''): boolean => ECR_IMAGE.test(image)

/** Why Fargate cannot run a task definition, in AWS's words; undefined where it can. */
export function fargateProblem(registration: Registration): string | undefined {
  return (
    sizeProblem(registration) ??
    roleProblem(registration) ??
    storageProblem(registration) ??
    unsupportedByTask(registration) ??
    registration.containerDefinitions
      ?.map((container) => unsupportedByContainer(container) ?? logProblem(container))
      .find((problem) => problem !== undefined)
  )
}

function sizeProblem({networkMode, cpu, memory, runtimePlatform}: Registration): string | undefined {
  if (networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.'
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level."
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level."
  const system = runtimePlatform?.operatingSystemFamily
  const fits = isFargateSize(Number(cpu), Number(memory), system)
  return fits ? undefined : 'No Fargate configuration exists for given values.'
}

function roleProblem({executionRoleArn, containerDefinitions = []}: Registration): string | undefined {
  if (executionRoleArn !== undefined) return undefined
  const needs = 'Fargate requires task definition to have execution role ARN to support'
  const containers = containerDefinitions ?? []
  if (containers.some(({image}) => isEcrImage(image))) return `${needs} ECR images.`
  const logs = containers.some(({logConfiguration}) => logConfiguration?.logDriver === 'awslogs')
  return logs ? `${needs} log driver awslogs.` : undefined
}

function storageProblem({ephemeralStorage}: Registration): string | undefined {
  const size = ephemeralStorage?.sizeInGiB
  const fits = size === undefined || (size >= STORAGE_GIB.least && size <= STORAGE_GIB.most)
  return fits
    ? undefined
    : `The ephemeral storage size must be between ${STORAGE_GIB.least} and ${STORAGE_GIB.most} GiB.`
}

const unsupported = (feature: string): string => `Fargate compatible task definitions do not support ${feature}`

function unsupportedByTask({
  placementConstraints,
  ipcMode,
  pidMode,
  volumes,
  inferenceAccelerators,
}: Registration): string | undefined {
  if ((placementConstraints ?? []).length > 0) return unsupported('placementConstraints')
  if (ipcMode !== undefined) return unsupported('ipcMode')
  if (pidMode === 'host') return unsupported('pidMode host')
  if ((inferenceAccelerators ?? []).length > 0) return unsupported('inferenceAccelerators')
  if (volumes?.some(({dockerVolumeConfiguration}) => dockerVolumeConfiguration !== undefined)) {
    return unsupported('dockerVolumeConfiguration')
  }
  return volumes?.some(({host}) => host?.sourcePath !== undefined) ? unsupported('host.sourcePath') : undefined
}

function unsupportedByContainer(container: ContainerDefinition): string | undefined {
  const linux = container.linuxParameters
  const features: ReadonlyArray<readonly [string, boolean]> = [
    ['privileged', container.privileged === true],
    ['links', (container.links ?? []).length > 0],
    ['dnsServers', (container.dnsServers ?? []).length > 0],
    ['dnsSearchDomains', (container.dnsSearchDomains ?? []).length > 0],
    ['dockerSecurityOptions', (container.dockerSecurityOptions ?? []).length > 0],
    ['extraHosts', (container.extraHosts ?? []).length > 0],
    ['devices', (linux?.devices ?? []).length > 0],
    ['tmpfs', (linux?.tmpfs ?? []).length > 0],
    ['sharedMemorySize', linux?.sharedMemorySize !== undefined],
    ['maxSwap', linux?.maxSwap !== undefined],
    ['resourceRequirements', (container.resourceRequirements ?? []).length > 0],
    ['capabilities', (linux?.capabilities?.add ?? []).some((name) => name !== 'SYS_PTRACE')],
  ]
  const found = features.find(([, used]) => used)
  return found === undefined ? undefined : unsupported(found[0])
}

/** On Fargate the log stream is named by its prefix, so there must be one. */
function logProblem({logConfiguration}: ContainerDefinition): string | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const options = logConfiguration.options ?? {}
  const missing = ['awslogs-group', 'awslogs-stream-prefix'].filter((option) => options[option] === undefined)
  return missing.length === 0 ? undefined : `Log driver awslogs requires options: ${missing.join(', ')}`
}
