import type {LogGroupClass} from '@aws-sdk/client-cloudwatch-logs'

/** One event. Groups and streams hold the same object, in the same order. */
export interface LogEvent {
  readonly logStreamName: string
  /** Milliseconds since 1970, as the sender has it. */
  readonly timestamp: number
  readonly ingestionTime: number
  /** Counts the events of the whole store from 1; tells events of the same millisecond apart. */
  readonly serial: number
  readonly message: string
}

export interface StreamRecord {
  /** Tells streams of one name apart that were there one after the other. */
  readonly id: number
  readonly name: string
  readonly createdAt: number
  lastIngestionTime?: number
  /** By timestamp, then by serial. */
  events: LogEvent[]
}

export interface GroupRecord {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  readonly groupClass: LogGroupClass
  readonly deletionProtection: boolean
  readonly kmsKeyId?: string
  retentionInDays?: number
  storedBytes: number
  tags: Record<string, string>
  readonly streams: Map<string, StreamRecord>
  /** The events of all streams, by timestamp, then by serial. */
  events: LogEvent[]
}
