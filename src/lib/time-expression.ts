import {parseUnits} from './duration.js'
import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {placeOffsetMinutes, zoneOffsetMinutes} from './time-zones.js'
import {shown} from './whole-number.js'

/** The largest time that a JavaScript date can hold. */
const LAST_MILLISECOND = 8.64e15

const FORMS = 'use e.g. 1h30m (that long ago), 2018-01-31, "2018-01-31 09:36:00", 2018-01-31T09:36:00Z or now'

const CALENDAR_TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?)?(?:( ?)([a-z]{1,5}|[a-z]+(?:\/[a-z_+-]+)+|[+-][0-9:]{2,6}))?$/i

/**
 * Reads a point in time: `now`; a length of time, which means that long ago with or without `-`, and from now with
 * `+`; or a date with an optional time and an optional zone, both `2018-01-31 09:36:00 EST` and ISO 8601. Without a
 * time it is the first moment of the day, without a zone UTC.
 *
 * @param nowMs milliseconds since 1970
 * @returns milliseconds since 1970
 */
export function parseTime(text: string, nowMs: number): Parsed<number> {
  const trimmed = text.trim()
  const time = /^now$/i.test(trimmed) ? valid(nowMs) : (relativeTime(trimmed, nowMs) ?? calendarTime(trimmed, text))
  if (!time.ok) return time
  if (time.value < 0) return invalid(`time ${shown(text)} is before 1970: use a later one`)
  if (!(time.value <= LAST_MILLISECOND)) return invalid(`time ${shown(text)} is too far ahead: use an earlier one`)
  return time
}

export interface TimeRange {
  readonly startMs?: number
  readonly endMs?: number
}

/** Reads the start and the end of a range, either of which may be left open. The start comes before the end. */
export function parseTimeRange(
  {start, end}: {readonly start?: string | undefined; readonly end?: string | undefined},
  nowMs: number,
): Parsed<TimeRange> {
  const from = start === undefined ? undefined : parseTime(start, nowMs)
  const to = end === undefined ? undefined : parseTime(end, nowMs)
  if (from?.ok === false) return from
  if (to?.ok === false) return to
  if (from !== undefined && to !== undefined && from.value >= to.value) {
    return invalid(`start ${shown(start ?? '')} is not before end ${shown(end ?? '')}: use an earlier start`)
  }
  return valid({
    ...(from !== undefined && {startMs: from.value}),
    ...(to !== undefined && {endMs: to.value}),
  })
}

function relativeTime(text: string, nowMs: number): Parsed<number> | undefined {
  if (/^[+-]?0$/.test(text)) return valid(nowMs)
  if (/^[+-]?[0-9.]+$/.test(text)) return invalid(`time ${text} has no unit: ${FORMS}`)
  const milliseconds = parseUnits(text.replace(/^[+-]/, ''))
  if (milliseconds === undefined) return undefined
  return valid(text.startsWith('+') ? nowMs + milliseconds : nowMs - milliseconds)
}

function calendarTime(trimmed: string, text: string): Parsed<number> {
  const match = CALENDAR_TIME.exec(trimmed)
  if (match === null) return invalid(`time ${shown(text)} is not valid: ${FORMS}`)
  const [, years, months, days, hours, minutes = '0', seconds = '0', fraction = '', space, zone] = match
  const [year, month, day] = [Number(years), Number(months), Number(days)]
  const problem = dateProblem(year, month, day) ?? clockProblem(Number(hours ?? 0), Number(minutes), Number(seconds))
  if (problem !== undefined) return invalid(`time ${shown(text)} is not valid: ${problem}`)
  if (zone !== undefined && hours === undefined && space === '') {
    return invalid(`time ${shown(text)} is not valid: ${FORMS}`)
  }
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const clock = clockMilliseconds(Number(hours ?? 0), Number(minutes), Number(seconds), milliseconds)
  const local = new Date(0).setUTCFullYear(year, month - 1, day) + clock
  const offset = offsetOf(zone, local)
  if (offset !== undefined) return valid(local - offset * 60_000)
  return invalid(
    `time zone ${zone} in ${shown(text)} is not known: use UTC, an offset such as +01:00, or a place such as Europe/Berlin`,
  )
}

function offsetOf(zone: string | undefined, localMs: number): number | undefined {
  if (zone === undefined) return 0
  return zone.includes('/') ? placeOffsetMinutes(zone, localMs) : zoneOffsetMinutes(zone)
}

function clockMilliseconds(hours: number, minutes: number, seconds: number, milliseconds: number): number {
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}

function dateProblem(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12) return `month ${month} is not from 1 to 12`
  const last = daysInMonth(year, month)
  return day < 1 || day > last ? `that month has days 1 to ${last}` : undefined
}

function clockProblem(hours: number, minutes: number, seconds: number): string | undefined {
  if (hours > 23) return `hour ${hours} is not from 0 to 23`
  if (minutes > 59) return `minute ${minutes} is not from 0 to 59`
  return seconds > 59 ? `second ${seconds} is not from 0 to 59` : undefined
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
