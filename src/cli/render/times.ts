import {formatDuration} from '../../lib/duration.js'

/** `2026-11-23 04:05:06 UTC`; nothing for a time that is not known. */
export function formatTime(date: Date | undefined): string {
  return date === undefined ? '' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `2026-11-23 04:05:06 UTC (3h ago)`. */
export function formatTimeAndAge(date: Date | undefined, nowMs: number): string {
  return date === undefined ? '' : `${formatTime(date)} (${ageOf(date, nowMs)} ago)`
}

const units = /^\d+d(\d+h)?|^\d+h(\d+m)?|^.*$/

/** How long ago, in its two largest units: `3d4h`, `2h5m`, `1m30s`. */
export function ageOf(date: Date, nowMs: number): string {
  const [age = ''] = units.exec(formatDuration(Math.max(0, nowMs - date.getTime()))) ?? []
  return age
}
