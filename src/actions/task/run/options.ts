import type {Capacity, Compatibility} from '../../../lib/capacity.js'
import type {EnvironmentVariable} from '../../../lib/environment-variable.js'
import type {SecretReference} from '../../../lib/secret-reference.js'
import type {BuildSource} from '../../infrastructure/build-source.js'
import type {Architecture} from '../../infrastructure/image.js'
import type {Tags} from '../../tags.js'

/** What `task run` is asked for; every value is valid by itself. */
export interface RunTaskOptions {
  readonly cluster: string
  /** Of the task group. */
  readonly name: string
  /** An image reference, or how to build one. */
  readonly image: string | BuildSource
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  readonly architecture: Architecture
  /** Where the task definition can run. */
  readonly compatibility: Compatibility
  readonly capacity: Capacity
  readonly environment: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretReference[]
  readonly command?: readonly string[] | undefined
  /** Name or ARN. */
  readonly taskRole?: string | undefined
  readonly count: number
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly assignPublicIp: boolean
  readonly ephemeralStorageGib?: number | undefined
  readonly logRetentionDays?: number | 'never' | undefined
  readonly tags: Tags
  readonly dryRun: boolean
}
