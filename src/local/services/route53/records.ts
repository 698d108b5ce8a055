import type {ResourceRecordSet} from '@aws-sdk/client-route-53'

/** A record set as it was sent, its names normalized. */
export type RecordSet = ResourceRecordSet & {
  readonly Name: string
  readonly Type: NonNullable<ResourceRecordSet['Type']>
}

export interface ZoneRecord {
  /** Without the `/hostedzone/` that answers have in front of it. */
  readonly id: string
  /** In small letters, with its final dot. */
  readonly name: string
  readonly callerReference: string
  comment?: string
  readonly isPrivate: boolean
  readonly vpcs: readonly {readonly region: string; readonly id: string}[]
  readonly nameServers: readonly string[]
  recordSets: readonly RecordSet[]
  tags: Readonly<Record<string, string>>
}

export interface ChangeRecord {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly submittedAt: number
  readonly comment?: string
}
