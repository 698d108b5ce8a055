/** How a task runs: what the scheduler asks of a runtime, docker or simulated, and what it hears of it. */

import type {ImageConfig} from './ports.js'
import type {TaskAddress} from './task-address.js'

export interface ContainerSpec {
  readonly name: string
  readonly image: string
  readonly imageDigest?: string
  readonly imageConfig?: ImageConfig
  /** Where the local registry has the image; absent for one of another registry. */
  readonly imageSource?: string
  readonly essential: boolean
  readonly command?: readonly string[]
  readonly entryPoint?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** TCP ports of its port mappings. */
  readonly containerPorts: readonly number[]
  readonly udpPorts?: readonly number[]
  readonly stopTimeoutSeconds: number
  /** How long after its start others wait for it to become healthy or to end, before they give up. */
  readonly startTimeoutSeconds?: number
  /** The container health check of the task definition, AWS's defaults filled in; a runtime may leave it undone. */
  readonly healthCheck?: {
    readonly command: readonly string[]
    readonly intervalSeconds: number
    readonly timeoutSeconds: number
    readonly retries: number
    readonly startPeriodSeconds: number
  }
  /** CPU units: the container's share where the task's containers want more than the task has. */
  readonly cpu?: number
  /** The container is killed when it wants more; absent where only the task's own limit counts. */
  readonly memoryMib?: number
  readonly memoryReservationMib?: number
  readonly user?: string
  readonly workingDirectory?: string
  readonly ulimits?: readonly {readonly name: string; readonly soft: number; readonly hard: number}[]
  readonly readonlyRootFilesystem?: boolean
  /** Other containers of the task that must have come so far before this one starts. */
  readonly dependsOn?: readonly ContainerDependency[]
  readonly mounts?: readonly {readonly volume: string; readonly path: string; readonly readOnly: boolean}[]
  /** Containers whose mounts this one has too. */
  readonly volumesFrom?: readonly {readonly container: string; readonly readOnly: boolean}[]
  readonly labels?: Readonly<Record<string, string>>
  /** Kernel parameters by name. */
  readonly systemControls?: Readonly<Record<string, string>>
  /** Runs an init process that forwards signals and reaps processes. */
  readonly init?: boolean
  readonly addedCapabilities?: readonly string[]
  readonly droppedCapabilities?: readonly string[]
  readonly terminal?: boolean
  readonly interactive?: boolean
}

export interface ContainerDependency {
  readonly container: string
  readonly condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY'
}

export interface TaskSpec extends TaskAddress {
  readonly taskId: string
  readonly family: string
  readonly cpu: number
  readonly memoryMib: number
  readonly platform?: {readonly os: string; readonly architecture: string}
  /** The private DNS name of the network interface, which the containers have as host name. */
  readonly hostname?: string
  /** The names of volumes that live as long as the task. */
  readonly volumes?: readonly string[]
  readonly containers: readonly ContainerSpec[]
}

export interface TaskEvents {
  started(container: string): void
  /** A container that never ran has no exit code. */
  exited(container: string, exit: {readonly exitCode?: number; readonly reason?: string}): void
  /**
   * The task cannot start; the reason begins with the name of an error such as `CannotPullContainerError`. The
   * container that is the cause has ended with this, the others report `exited` when the task is stopped.
   */
  failed?(reason: string, container?: string): void
  /** @param position how much of the container's output has been told with this line, where the runtime knows it */
  output(container: string, line: string, position?: OutputPosition): void
  /** The verdict of a container's health check; one that is never reported counts as healthy after a while. */
  health?(container: string, status: 'HEALTHY' | 'UNHEALTHY'): void
}

/** Bytes by the name of an output, `stdout` or `stderr`. */
export type OutputPosition = Readonly<Record<string, number>>

/** How far a container had come when the local AWS ended that ran it, as its events told. */
export interface ContainerProgress {
  readonly status: 'PENDING' | 'RUNNING' | 'STOPPED'
  /** Milliseconds since 1970 of the clock, as all times here. */
  readonly startedAt?: number
  readonly health?: 'HEALTHY' | 'UNHEALTHY'
  readonly outputPosition?: OutputPosition
}

export interface TaskProgress {
  /** When the runtime was asked to run the task. */
  readonly since: number
  /** When it was asked to stop it. */
  readonly stoppingSince?: number
  /** By name. */
  readonly containers: ReadonlyMap<string, ContainerProgress>
}

/** A task that the runtime has been asked to run. */
export interface RunningTask {
  /** SIGTERM, then SIGKILL after each container's stop timeout; every container reports `exited`. */
  stop(): void
  /** Frees what the task holds at once; nothing is reported any more. */
  dispose(): void
}

export interface TaskRuntime {
  readonly kind: 'docker' | 'simulated'
  /** Whether every container with a health check gets a verdict, however long that takes. */
  readonly checksHealth?: boolean
  /** How many times faster than its programs the clock runs; they are as fast as the clock where it is absent. */
  readonly clockSpeed?: number
  run(task: TaskSpec, events: TaskEvents): RunningTask
  /**
   * Takes over a task that ran before the local AWS was started again, and tells what has happened to it since;
   * undefined when nothing of it is left. No container is ever started twice.
   */
  resume?(task: TaskSpec, events: TaskEvents, progress: TaskProgress): RunningTask | undefined
  /** Where requests to a task's address go; undefined when no task has it, so that packets are lost. */
  connect(address: TaskAddress, port: number): TargetEndpoint | undefined
  /** Settled once nothing of any task is left; tasks that are not disposed of are lost. */
  close?(): Promise<void>
}

export interface EndpointRequest {
  readonly method: string
  /** Path and query, for instance `/health?deep=1`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export interface EndpointResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type TargetEndpoint =
  /** The task is there, but nothing listens on the port. */
  | {readonly kind: 'refused'}
  | {readonly kind: 'address'; readonly host: string; readonly port: number}
  | {readonly kind: 'simulated'; respond(request: EndpointRequest): EndpointResponse}
