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

/** As much as a local AWS keeps of what programs say. */
const MAXIMUM_BYTES = 64 * 1024 * 1024

export interface LogCounters {
  /** The serial of the last event. */
  events: number
  /** The id of the last stream. */
  streams: number
  /** The serial of the last event that was dropped to make room. */
  dropped: number
}

export interface AddedEvent {
  /** The id of its stream. */
  readonly stream: number
  readonly event: LogEvent
}

/** The log groups of all accounts and regions. */
export class LogStore {
  /** By account and region, then by name. */
  readonly scopes = new Map<string, Map<string, GroupRecord>>()
  readonly counters: LogCounters = {events: 0, streams: 0, dropped: 0}
  readonly #clock: Clock
  readonly #maximumBytes: number
  #bytes = 0
  #added: AddedEvent[] = []

  /** @param maximumBytes of all events, from which on the oldest are dropped */
  constructor(clock: Clock, maximumBytes = MAXIMUM_BYTES) {
    this.#clock = clock
    this.#maximumBytes = maximumBytes
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
    this.#bytes -= this.#of(scope).get(name)?.storedBytes ?? 0
    this.#of(scope).delete(name)
  }

  /** @throws AwsFault ResourceAlreadyExistsException */
  createStream(group: GroupRecord, name: string): StreamRecord {
    if (group.streams.has(name)) throw alreadyExists('stream')
    const stream: StreamRecord = {id: ++this.counters.streams, name, createdAt: this.now(), events: []}
    group.streams.set(name, stream)
    return stream
  }

  deleteStream(group: GroupRecord, name: string): void {
    const stream = streamOf(group, name)
    group.streams.delete(stream.name)
    group.events = group.events.filter(({logStreamName}) => logStreamName !== name)
    this.#count(group, -sizeOf(stream.events))
  }

  /** Adds events to a stream; later ones may be older. */
  append(group: GroupRecord, stream: StreamRecord, events: readonly NewEvent[]): void {
    if (events.length === 0) return
    const ingestionTime = this.now()
    const added = events
      .toSorted((one, other) => one.timestamp - other.timestamp)
      .map(({timestamp, message}): LogEvent => {
        return {logStreamName: stream.name, timestamp, ingestionTime, serial: ++this.counters.events, message}
      })
    for (const event of added) this.#added.push({stream: stream.id, event})
    this.#insert(group, stream, added)
    if (this.#bytes > this.#maximumBytes) this.#drop()
  }

  /** Puts an event of an earlier run back. */
  restore(group: GroupRecord, stream: StreamRecord, event: LogEvent): void {
    this.#insert(group, stream, [event])
  }

  /** What was added since it was last asked. */
  takeAdded(): readonly AddedEvent[] {
    const added = this.#added
    this.#added = []
    return added
  }

  /** All events in the order in which they came. */
  ingested(): AddedEvent[] {
    const groups = [...this.scopes.values()].flatMap((scope) => [...scope.values()])
    const streams = groups.flatMap((group) => [...group.streams.values()])
    return streams
      .flatMap(({id, events}) => events.map((event) => ({stream: id, event})))
      .sort((one, other) => one.event.serial - other.event.serial)
  }

  #insert(group: GroupRecord, stream: StreamRecord, added: readonly LogEvent[]): void {
    insertEvents(stream.events, added)
    insertEvents(group.events, added)
    stream.lastIngestionTime = Math.max(stream.lastIngestionTime ?? 0, added[0]?.ingestionTime ?? 0)
    this.#count(group, sizeOf(added))
  }

  #count(group: GroupRecord, bytes: number): void {
    group.storedBytes += bytes
    this.#bytes += bytes
  }

  /** Drops a quarter of what there is room for, the oldest first. */
  #drop(): void {
    let left = this.#bytes - this.#maximumBytes * 0.75
    for (const {event} of this.ingested()) {
      if (left <= 0) break
      left -= sizeOf([event])
      this.counters.dropped = event.serial
    }
    const isKept = ({serial}: LogEvent) => serial > this.counters.dropped
    for (const group of [...this.scopes.values()].flatMap((scope) => [...scope.values()])) {
      group.events = group.events.filter(isKept)
      for (const stream of group.streams.values()) stream.events = stream.events.filter(isKept)
      this.#count(group, sizeOf(group.events) - group.storedBytes)
    }
  }

  #of({account, region}: Scope): Map<string, GroupRecord> {
    const key = scopeKey({account, region})
    const groups = this.scopes.get(key) ?? new Map<string, GroupRecord>()
    this.scopes.set(key, groups)
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
