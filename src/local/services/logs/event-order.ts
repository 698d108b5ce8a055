import type {LogEvent} from './records.js'

/** A place between events: right after the event with this timestamp and serial, whether or not there is one. */
export type Boundary = Pick<LogEvent, 'timestamp' | 'serial'>

/** Before all events of a millisecond; serials start at 1. */
export const beforeTime = (timestamp: number): Boundary => ({timestamp, serial: 0})

/** After all events of a millisecond. */
export const afterTime = (timestamp: number): Boundary => ({timestamp, serial: Number.POSITIVE_INFINITY})

const compare = (one: Boundary, other: Boundary): number => one.timestamp - other.timestamp || one.serial - other.serial

/** The index of the first event after a boundary; the number of events where there is none. */
export function indexAfter(events: readonly LogEvent[], boundary: Boundary): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const event = events[middle]
    if (event !== undefined && compare(event, boundary) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Adds sorted events in their places. Only what is younger than the first of them is moved, so that adding at the end,
 * which is the usual case, costs no more than the events added.
 */
export function insertEvents(events: LogEvent[], added: readonly LogEvent[]): void {
  const [first] = added
  if (first === undefined) return
  const younger = events.splice(indexAfter(events, first))
  let next = 0
  for (const event of added) {
    for (let other = younger[next]; other !== undefined && compare(other, event) < 0; other = younger[++next]) {
      events.push(other)
    }
    events.push(event)
  }
  for (const event of younger.slice(next)) events.push(event)
}
