import type {StatePart} from '../../state/part.js'
import type {AddedEvent, LogCounters, LogStore} from './log-store.js'
import type {GroupRecord, StreamRecord} from './records.js'

type SavedGroup = Omit<GroupRecord, 'streams' | 'events' | 'storedBytes'>
type SavedStream = Pick<StreamRecord, 'name' | 'createdAt'> & {readonly scope: string; readonly group: string}
/** Stream, serial, timestamp, time of ingestion, message. */
type SavedEvent = readonly [number, number, number, number, string]

interface SavedLogs {
  /** By account and region, then by name. */
  readonly groups?: Readonly<Record<string, Readonly<Record<string, SavedGroup>>>>
  /** By `all`, then by id. */
  readonly streams?: Readonly<Record<string, Readonly<Record<string, SavedStream>>>>
  readonly counters?: {readonly all: {readonly last: LogCounters}}
}

/** Groups and streams are documents; events are appended. */
export function logState(store: LogStore): StatePart {
  const streams = new Map<number, {readonly group: GroupRecord; readonly stream: StreamRecord}>()
  return {
    depth: 3,
    snapshot: () => ({
      groups: new Map([...store.scopes].map(([key, groups]) => [key, new Map([...groups].map(savedGroup))])),
      streams: {all: new Map(savedStreams(store))},
      counters: {all: {last: store.counters}},
    }),
    restore(snapshot) {
      const {groups = {}, streams: saved = {}, counters} = snapshot as SavedLogs
      Object.assign(store.counters, counters?.all.last)
      for (const [key, named] of Object.entries(groups)) {
        const restored = Object.entries(named).map(([name, group]) => [name, emptyGroup(group)] as const)
        store.scopes.set(key, new Map(restored))
      }
      for (const [id, {scope, group: name, ...stream}] of Object.entries(saved.all ?? {})) {
        const group = store.scopes.get(scope)?.get(name)
        if (group === undefined) continue
        const restored: StreamRecord = {id: Number(id), ...stream, events: []}
        group.streams.set(stream.name, restored)
        streams.set(restored.id, {group, stream: restored})
      }
    },
    additions: () => store.takeAdded().map(savedEvent),
    allAdditions: () => store.ingested().map(savedEvent),
    restoreAdditions(additions) {
      for (const [id, serial, timestamp, ingestionTime, message] of additions as SavedEvent[]) {
        const found = streams.get(id)
        if (found === undefined || serial <= store.counters.dropped) continue
        const event = {logStreamName: found.stream.name, timestamp, ingestionTime, serial, message}
        store.restore(found.group, found.stream, event)
      }
    },
  }
}

const savedGroup = ([name, {streams, events, storedBytes, ...group}]: [string, GroupRecord]): [string, SavedGroup] => [
  name,
  group,
]

const emptyGroup = (group: SavedGroup): GroupRecord => ({...group, streams: new Map(), events: [], storedBytes: 0})

function* savedStreams(store: LogStore): Generator<[string, SavedStream]> {
  for (const [scope, groups] of store.scopes) {
    for (const {name: group, streams} of groups.values()) {
      for (const {id, name, createdAt} of streams.values()) yield [String(id), {scope, group, name, createdAt}]
    }
  }
}

const savedEvent = ({stream, event: {serial, timestamp, ingestionTime, message}}: AddedEvent): SavedEvent => [
  stream,
  serial,
  timestamp,
  ingestionTime,
  message,
]
