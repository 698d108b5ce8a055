import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import type {Scope} from '../../scope.js'
import {regionalArn, scopeKey} from '../../scope.js'
import {insertEvents} from './event-order.js'
import {alreadyExists, groupNotFound, invalidParameter, streamNotFound} from './faults.js'
import type {GroupRecord, LogEvent, StreamRecord} from './records.js'

/** CloudWatch Logs counts this many bytes for an event besides its message. */
export const eventOverhead = 26

export interface NewEvent {
  readonly timestamp: number
  readonly message: string
}

/** The log groups of all accounts and regions. */
export class LogStore {
  readonly #groups = new Map<string, Map<string, GroupRecord>>()
  readonly #clock: Clock
  #serial = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  /** The groups of a scope by name. */
  groups(scope: Scope): GroupRecord[] {
    return [...this.#of(scope).values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }

  findGroup(scope: Scope, name: string): GroupRecord | undefined {
    return this.#of(scope).get(name)
  }

  /** @throws AwsFault ResourceNotFoundException */
  group(scope: Scope, name: string): GroupRecord {
    const group = this.findGroup(scope, name)
    if (group === undefined) throw groupNotFound()
    return group
  }

  /** @throws AwsFault ResourceAlreadyExistsException */
  createGroup(
    scope: Scope,
    options: Pick<GroupRecord, 'name' | 'groupClass' | 'deletionProtection' | 'tags' | 'kmsKeyId'>,
  ): void {
    const groups = this.#of(scope)
    if (groups.has(options.name)) throw alreadyExists('group')
    groups.set(options.name, {
      ...options,
      arn: regionalArn('logs', scope, `log-group:${options.name}`),
      createdAt: this.now(),
      storedBytes: 0,
      streams: new Map(),
      events: [],
    })
  }

  deleteGroup(scope: Scope, name: string): void {
    this.#of(scope).delete(name)
  }

  /** @throws AwsFault ResourceAlreadyExistsException */
  createStream(group: GroupRecord, name: string): StreamRecord {
    if (group.streams.has(name)) throw alreadyExists('stream')
    const stream: StreamRecord = {name, createdAt: this.now(), events: []}
    group.streams.set(name, stream)
    return stream
  }

  deleteStream(group: GroupRecord, name: string): void {
    const stream = streamOf(group, name)
    group.streams.delete(stream.name)
    group.events = group.events.filter(({logStreamName}) => logStreamName !== name)
    group.storedBytes -= sizeOf(stream.events)
  }

  /** Adds events to a stream; later ones may be older. */
  append(group: GroupRecord, stream: StreamRecord, events: readonly NewEvent[]): void {
    if (events.length === 0) return
    const ingestionTime = this.now()
    const added = events
      .toSorted((one, other) => one.timestamp - other.timestamp)
      .map(({timestamp, message}): LogEvent => {
        return {logStreamName: stream.name, timestamp, ingestionTime, serial: ++this.#serial, message}
      })
    insertEvents(stream.events, added)
    insertEvents(group.events, added)
    stream.lastIngestionTime = ingestionTime
    group.storedBytes += sizeOf(added)
  }

  #of({account, region}: Scope): Map<string, GroupRecord> {
    const key = scopeKey({account, region})
    const groups = this.#groups.get(key) ?? new Map<string, GroupRecord>()
    this.#groups.set(key, groups)
    return groups
  }
}

/** @throws AwsFault ResourceNotFoundException */
export function streamOf(group: GroupRecord, name: string): StreamRecord {
  const stream = group.streams.get(name)
  if (stream === undefined) throw streamNotFound()
  return stream
}

/** Bytes as CloudWatch Logs counts them. */
export const sizeOf = (events: readonly NewEvent[]): number =>
  events.reduce((sum, {message}) => sum + Buffer.byteLength(message) + eventOverhead, 0)

/**
 * The group that a request names, by name or by ARN.
 *
 * @throws AwsFault ResourceNotFoundException; InvalidParameterException where neither is given, ValidationException
 * where both are.
 */
export function requestedGroup(
  store: LogStore,
  scope: Scope,
  {logGroupName, logGroupIdentifier}: {logGroupName?: string | undefined; logGroupIdentifier?: string | undefined},
): GroupRecord {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw new AwsFault('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.')
  }
  const name = logGroupName ?? logGroupIdentifier
  if (name === undefined) throw invalidParameter('Either logGroupName or logGroupIdentifier is required.')
  return store.group(scope, logGroupName ?? groupNameOf(name))
}

/** The name in the ARN of a group, with or without the `:*` that DescribeLogGroups adds; a name is its own. */
export const groupNameOf = (identifier: string): string =>
  /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)(:\*)?$/.exec(identifier)?.[1] ?? identifier
