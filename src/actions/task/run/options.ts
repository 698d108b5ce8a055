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
  readonly environment: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretReference[]
  readonly command?: readonly string[] | undefined
  /** Name or ARN. */
  readonly taskRole?: string | undefined
  readonly count: number
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly assignPublicIp: boolean
  /** Runs on Spot capacity, which AWS may take back two minutes after a warning. */
  readonly spot: boolean
  readonly ephemeralStorageGib?: number | undefined
  readonly logRetentionDays?: number | 'never' | undefined
  readonly tags: Tags
  readonly dryRun: boolean
}
