/** What a version holds: a text, or bytes in base 64. */
export type SecretContent = {readonly text: string} | {readonly base64: string}

export interface SecretVersion {
  readonly id: string
  readonly content: SecretContent
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number
  accessedAt?: number
}

export interface SecretRecord {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  description?: string
  kmsKeyId?: string
  changedAt: number
  accessedAt?: number
  /** When DeleteSecret was called, and when the secret is gone for good. */
  deletion?: {readonly requestedAt: number; readonly purgeAt: number}
  tags: Readonly<Record<string, string>>
  /** Oldest first. A version without a label is deprecated. */
  versions: readonly SecretVersion[]
  /** The version of each staging label. */
  stages: Readonly<Record<string, string>>
}
