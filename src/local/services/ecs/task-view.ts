import type {Attachment, Container, HealthStatus, KeyValuePair, Task} from '@aws-sdk/client-ecs'
import type {ContainerRecord, TaskRecord} from '../../scheduler/records.js'
import {echoedOverrides} from '../../scheduler/task-spec.js'

/** A task as DescribeTasks shows it; its tags only where they are asked for. */
export function taskView(task: TaskRecord, {tags}: {tags: boolean}): Task {
  const onInstance = task.containerInstanceArn !== undefined
  return {
    attachments: [attachmentView(task)],
    attributes: [{name: 'ecs.cpu-architecture', value: task.architecture === 'ARM64' ? 'arm64' : 'x86_64'}],
    availabilityZone: task.availabilityZone,
    ...(task.capacityProviderName === undefined ? {} : {capacityProviderName: task.capacityProviderName}),
    clusterArn: task.clusterArn,
    ...(task.connectivityAt === undefined ? {} : {connectivity: 'CONNECTED'}),
    containers: task.containers.map((container) => containerView(task, container)),
    cpu: task.cpu,
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.enableExecuteCommand,
    group: task.group,
    healthStatus: healthOf(task),
    inferenceAccelerators: [],
    lastStatus: task.lastStatus,
    launchType: onInstance ? 'EC2' : 'FARGATE',
    memory: task.memory,
    overrides: echoedOverrides(task),
    ...(onInstance ? {containerInstanceArn: task.containerInstanceArn} : fargateView(task)),
    ...(task.startedBy === undefined ? {} : {startedBy: task.startedBy}),
    ...(task.stopCode === undefined ? {} : {stopCode: task.stopCode}),
    ...(task.stoppedReason === undefined ? {} : {stoppedReason: task.stoppedReason}),
    ...timesOf(task),
    tags: tags ? task.tags : [],
    taskArn: task.taskArn,
    taskDefinitionArn: task.taskDefinitionArn,
    version: task.version,
  }
}

/** What only a task on Fargate has. */
const fargateView = (task: TaskRecord) => ({
  platformVersion: task.platformVersion,
  platformFamily: task.platformFamily,
  ephemeralStorage: {sizeInGiB: task.ephemeralStorageGib},
  fargateEphemeralStorage: {sizeInGiB: task.ephemeralStorageGib},
})

const TIMES = [
  'connectivityAt',
  'createdAt',
  'executionStoppedAt',
  'pullStartedAt',
  'pullStoppedAt',
  'startedAt',
  'stoppedAt',
  'stoppingAt',
] as const

const timesOf = (task: TaskRecord): Partial<Record<(typeof TIMES)[number], Date>> =>
  Object.fromEntries(
    TIMES.flatMap((name) => {
      const time = task[name]
      return time === undefined ? [] : [[name, new Date(time)]]
    }),
  )

/** The network interface; in the first seconds only its subnet is known. */
function attachmentView(task: TaskRecord): Attachment {
  const found = task.networkInterface
  const details: KeyValuePair[] = [{name: 'subnetId', value: task.network.subnetId}]
  if (found !== undefined) {
    details.push(
      {name: 'networkInterfaceId', value: found.networkInterfaceId},
      {name: 'macAddress', value: found.macAddress},
      {name: 'privateDnsName', value: found.privateDnsName},
      {name: 'privateIPv4Address', value: found.privateIpAddress},
    )
  }
  return {id: task.attachmentId, type: 'ElasticNetworkInterface', status: task.attachmentStatus, details}
}

function containerView(task: TaskRecord, container: ContainerRecord): Container {
  const {runtimeId, imageDigest, exitCode, reason, memory, memoryReservation} = container
  const address = task.networkInterface?.privateIpAddress
  return {
    containerArn: container.containerArn,
    taskArn: task.taskArn,
    name: container.name,
    image: container.image,
    ...(imageDigest === undefined ? {} : {imageDigest}),
    ...(runtimeId === undefined ? {} : {runtimeId}),
    lastStatus: container.lastStatus,
    ...(exitCode === undefined ? {} : {exitCode}),
    ...(reason === undefined ? {} : {reason}),
    networkBindings: [],
    networkInterfaces: address === undefined ? [] : [{attachmentId: task.attachmentId, privateIpv4Address: address}],
    healthStatus: container.healthStatus ?? 'UNKNOWN',
    cpu: String(container.cpu),
    ...(memory === undefined ? {} : {memory: String(memory)}),
    ...(memoryReservation === undefined ? {} : {memoryReservation: String(memoryReservation)}),
  }
}

/** A task is UNHEALTHY if one essential container is, and HEALTHY when all that are checked are. */
function healthOf({containers}: TaskRecord): HealthStatus {
  const checked = containers.filter(({essential, hasHealthCheck}) => essential && hasHealthCheck)
  if (checked.some(({healthStatus}) => healthStatus === 'UNHEALTHY')) return 'UNHEALTHY'
  return checked.length > 0 && checked.every(({healthStatus}) => healthStatus === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN'
}
