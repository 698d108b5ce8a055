/** The parts of the engine's documents that are used here, in the engine's own spelling. */

export interface HealthConfig {
  readonly Test: readonly string[]
  /** Nanoseconds, as all durations of the engine. */
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly Retries?: number
}

export interface HostConfig {
  readonly NetworkMode?: string
  readonly PortBindings?: Readonly<Record<string, readonly {readonly HostIp: string; readonly HostPort: string}[]>>
  readonly Memory?: number
  readonly MemorySwap?: number
  readonly MemoryReservation?: number
  readonly CpuShares?: number
  readonly NanoCpus?: number
  readonly Ulimits?: readonly {readonly Name: string; readonly Soft: number; readonly Hard: number}[]
  readonly ReadonlyRootfs?: boolean
  readonly Mounts?: readonly {
    readonly Type: 'volume'
    readonly Source: string
    readonly Target: string
    readonly ReadOnly: boolean
  }[]
  readonly VolumesFrom?: readonly string[]
  readonly Init?: boolean
  readonly Sysctls?: Readonly<Record<string, string>>
  readonly CapAdd?: readonly string[]
  readonly CapDrop?: readonly string[]
  readonly LogConfig?: {readonly Type: string; readonly Config: Readonly<Record<string, string>>}
}

export interface ContainerBody {
  readonly Image: string
  readonly Hostname?: string
  readonly Cmd?: readonly string[]
  readonly Entrypoint?: readonly string[]
  readonly Env?: readonly string[]
  readonly User?: string
  readonly WorkingDir?: string
  readonly Tty?: boolean
  readonly OpenStdin?: boolean
  readonly Labels: Readonly<Record<string, string>>
  readonly Healthcheck?: HealthConfig
  readonly ExposedPorts?: Readonly<Record<string, object>>
  readonly HostConfig: HostConfig
}

export interface ContainerInspection {
  readonly State: {readonly ExitCode: number; readonly OOMKilled: boolean; readonly Running: boolean}
  readonly NetworkSettings: {
    readonly Ports?: Readonly<Record<string, readonly {readonly HostPort: string}[] | null>>
  }
}

export interface ImageInspection {
  readonly Id: string
  readonly Os: string
  readonly Architecture: string
}

export interface Labelled {
  readonly Labels?: Readonly<Record<string, string>> | null
}

export interface EngineEvent {
  readonly Action?: string
  readonly Actor?: {readonly ID?: string}
  readonly timeNano?: number
}
