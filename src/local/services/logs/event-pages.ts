import {eventOverhead} from './log-store.js'
import type {LogEvent} from './records.js'

/** An answer holds this many bytes of events, and always one event. */
const maximumPageBytes = 1_048_576

export const maximumPageEvents = 10_000

interface ScanOptions {
  /** Indexes into the events: from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  readonly direction: 'forward' | 'backward'
  readonly limit: number
  readonly isWanted?: (event: LogEvent) => boolean
}

interface Scan {
  /** In the direction of the scan. */
  readonly found: LogEvent[]
  /** The last event that was looked at, wanted or not. */
  readonly last: LogEvent | undefined
  /** Whether the scan ended at the limit or the size of a page, with events left. */
  readonly hasMore: boolean
}

/** Collects the wanted events of a range until the range, the limit or the space in one answer is used up. */
export function scanEvents(events: readonly LogEvent[], options: ScanOptions): Scan {
  const {from, to, direction, limit, isWanted = () => true} = options
  const found: LogEvent[] = []
  let bytes = 0
  let last: LogEvent | undefined
  for (let step = 0; step < to - from; step++) {
    const event = events[direction === 'forward' ? from + step : to - 1 - step]
    if (event === undefined) break
    if (isWanted(event)) {
      const size = Buffer.byteLength(event.message) + eventOverhead
      const isFull = found.length === limit || (found.length > 0 && bytes + size > maximumPageBytes)
      if (isFull) return {found, last, hasMore: true}
      bytes += size
      found.push(event)
    }
    last = event
  }
  return {found, last, hasMore: false}
}
