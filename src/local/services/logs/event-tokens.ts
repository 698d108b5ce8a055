import type {Boundary} from './event-order.js'
import {invalidToken} from './faults.js'

/** Where the next page starts, and whether it goes towards younger or older events. */
export interface EventPosition {
  readonly direction: 'forward' | 'backward'
  readonly boundary: Boundary
}

/** A position in the form of AWS's tokens: `f/` or `b/`, 56 digits, `/s`. */
export function eventToken({direction, boundary: {timestamp, serial}}: EventPosition): string {
  return `${direction === 'forward' ? 'f' : 'b'}/${digits(timestamp, 20)}${digits(serial, 36)}/s`
}

/** @throws AwsFault InvalidParameterException for a token that this service did not give. */
export function parseEventToken(token: string): EventPosition {
  const found = /^([fb])\/(\d{20})(\d{36})\/s$/.exec(token)
  if (found === null) throw invalidToken()
  const [, letter, timestamp, serial] = found
  return {
    direction: letter === 'f' ? 'forward' : 'backward',
    boundary: {timestamp: Number(timestamp), serial: Number(serial)},
  }
}

/** The id of an event: 56 digits that sort as the events do. */
export const eventId = ({timestamp, serial}: Boundary): string => digits(timestamp, 20) + digits(serial, 36)

const digits = (value: number, count: number): string => String(value).padStart(count, '0')
