import type {ParameterTier, ParameterType} from '@aws-sdk/client-ssm'

export interface ParameterVersion {
  readonly version: number
  readonly type: ParameterType
  readonly value: string
  readonly description?: string
  /** Of a SecureString. */
  readonly keyId?: string
  readonly allowedPattern?: string
  readonly tier: Exclude<ParameterTier, 'Intelligent-Tiering'>
  readonly dataType: string
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  readonly modifiedBy: string
}

export interface ParameterRecord {
  readonly name: string
  readonly arn: string
  /** Oldest first, the newest 100. */
  versions: readonly [ParameterVersion, ...ParameterVersion[]]
  tags: Readonly<Record<string, string>>
}
