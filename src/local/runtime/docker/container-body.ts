import type {ContainerSpec, TaskSpec} from '../../task-runtime.js'
import type {ContainerBody, HealthConfig, HostConfig} from './engine-documents.js'
import {checkTimes} from './health-timing.js'
import type {Labels} from './server-identity.js'

const MIB = 1024 * 1024
const CPU_UNITS_PER_CPU = 1024
const NANOS_PER_SECOND = 1_000_000_000

/** Output is read as it comes; the engine keeps little of it. */
const LOGGING = {Type: 'json-file', Config: {'max-size': '16m', 'max-file': '2'}}

export interface BodyOptions {
  readonly task: TaskSpec
  readonly labels: Labels
  /** The id of the image. */
  readonly image: string
  /** The id of the container whose network it shares. */
  readonly network: string
  readonly volumeName: (volume: string) => string
  readonly containerName: (container: string) => string
  /** The engine refuses to promise more CPUs than there are. */
  readonly cpus: number
  readonly speed: number
}

/** The engine's document for a container of a task. */
export function containerBody(spec: ContainerSpec, options: BodyOptions): ContainerBody {
  return {
    Image: options.image,
    ...given('Cmd', spec.command),
    ...given('Entrypoint', spec.entryPoint),
    ...given('User', spec.user),
    ...given('WorkingDir', spec.workingDirectory),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Tty: spec.terminal ?? false,
    OpenStdin: spec.interactive ?? false,
    Labels: {...spec.labels, ...options.labels},
    Healthcheck: healthCheck(spec, options.speed),
    HostConfig: {
      NetworkMode: `container:${options.network}`,
      LogConfig: LOGGING,
      ...limits(spec, options),
      ...storage(spec, options),
      Init: spec.init ?? false,
      Sysctls: sysctls(spec, (name) => !isOfNetwork(name)),
      CapAdd: spec.addedCapabilities ?? [],
      CapDrop: spec.droppedCapabilities ?? [],
    },
  }
}

/** All containers share what the task has; a limit of its own makes a container's part smaller. */
function limits(spec: ContainerSpec, {task, cpus}: BodyOptions): HostConfig {
  const memory = (spec.memoryMib ?? task.memoryMib) * MIB
  return {
    Memory: memory,
    // The same value means no swap: on Fargate there is none.
    MemorySwap: memory,
    ...(spec.memoryReservationMib === undefined ? {} : {MemoryReservation: spec.memoryReservationMib * MIB}),
    // Two shares are the kernel's least.
    CpuShares: Math.max(2, spec.cpu ?? 0),
    NanoCpus: Math.min(task.cpu / CPU_UNITS_PER_CPU, cpus) * NANOS_PER_SECOND,
    Ulimits: (spec.ulimits ?? []).map(({name, soft, hard}) => ({Name: name, Soft: soft, Hard: hard})),
  }
}

function storage(spec: ContainerSpec, {volumeName, containerName}: BodyOptions): HostConfig {
  return {
    ReadonlyRootfs: spec.readonlyRootFilesystem ?? false,
    Mounts: (spec.mounts ?? []).map(({volume, path, readOnly}) => ({
      Type: 'volume',
      Source: volumeName(volume),
      Target: path,
      ReadOnly: readOnly,
    })),
    VolumesFrom: (spec.volumesFrom ?? []).map(
      ({container, readOnly}) => `${containerName(container)}${readOnly ? ':ro' : ':rw'}`,
    ),
  }
}

/** ECS leaves out the check that an image brings along. */
function healthCheck({healthCheck: check}: ContainerSpec, speed: number): HealthConfig {
  if (check === undefined) return {Test: ['NONE']}
  const {intervalSeconds, startPeriodSeconds} = checkTimes(check, speed)
  return {
    Test: check.command,
    Interval: Math.round(intervalSeconds * NANOS_PER_SECOND),
    Timeout: check.timeoutSeconds * NANOS_PER_SECOND,
    StartPeriod: Math.round(startPeriodSeconds * NANOS_PER_SECOND),
    Retries: check.retries,
  }
}

export interface NamespaceOptions {
  readonly task: TaskSpec
  readonly labels: Labels
  readonly image: string
  readonly network: string
}

/**
 * The container that owns the network of a task: it has the task's host name, the ports of all its containers, and
 * their kernel parameters of the network, which count for the whole task. Of two values the last container's stays.
 */
export function namespaceBody({task, labels, image, network}: NamespaceOptions): ContainerBody {
  const tcp = task.containers.flatMap(({containerPorts}) => containerPorts.map((port) => `${port}/tcp`))
  const udp = task.containers.flatMap(({udpPorts = []}) => udpPorts.map((port) => `${port}/udp`))
  const ports = [...new Set([...tcp, ...udp])]
  return {
    Image: image,
    Labels: labels,
    ...given('Hostname', task.hostname),
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(ports.map((port) => [port, [{HostIp: '127.0.0.1', HostPort: ''}]])),
      LogConfig: {Type: 'none', Config: {}},
      Sysctls: Object.assign({}, ...task.containers.map((container) => sysctls(container, isOfNetwork))),
    },
  }
}

const isOfNetwork = (name: string): boolean => name.startsWith('net.')

const sysctls = ({systemControls = {}}: ContainerSpec, wanted: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(systemControls).filter(([name]) => wanted(name)))

const given = <Key extends string, Value>(key: Key, value: Value | undefined): {[K in Key]?: Value} =>
  value === undefined ? {} : ({[key]: value} as {[K in Key]: Value})
