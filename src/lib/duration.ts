import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {parseWholeNumber, shown} from './whole-number.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNIT_MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
  ['w', 7 * DAY],
])

/**
 * Reads an unsigned length of time: `10m`, `90s`, `1h30m`, `1.5h`, or a whole number of seconds. Units, in any case:
 * ns us ms s m h d w, each at most once.
 *
 * @returns milliseconds, rounded
 */
export function parseDuration(text: string): Parsed<number> {
  const seconds = parseWholeNumber(text)
  const milliseconds = seconds === undefined ? parseUnits(text) : seconds * SECOND
  if (milliseconds === undefined) {
    return invalid(`duration ${shown(text)} is not valid: use e.g. 90s, 10m or 1h30m, or a number of seconds`)
  }
  if (!Number.isSafeInteger(milliseconds)) return invalid(`duration ${shown(text)} is too long: use a shorter one`)
  return valid(milliseconds)
}

/** Reads numbers with units, e.g. `1h30m`. Milliseconds, rounded; `undefined` when the text is something else. */
export function parseUnits(text: string): number | undefined {
  const lower = text.toLowerCase()
  if (!/^(?:(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:ns|us|µs|ms|s|m|h|d|w))+$/.test(lower)) return undefined
  const seen = new Set<string>()
  let total = 0
  for (const [, number, unit = ''] of lower.matchAll(/([0-9.]+)([a-zµ]+)/g)) {
    if (seen.has(unit)) return undefined
    seen.add(unit)
    total += Number(number) * (UNIT_MILLISECONDS.get(unit) ?? Number.NaN)
  }
  return Math.round(total)
}

/**
 * A length of time for people: `1h2m5s`, `3d4h`, `0s`. Less than a second shows as `250ms`, otherwise the rest below a
 * second is left out, as are parts that are zero.
 */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`
  const whole = Math.floor(milliseconds)
  if (whole > 0 && whole < SECOND) return `${whole}ms`
  const parts: readonly [number, string][] = [
    [Math.floor(whole / DAY), 'd'],
    [Math.floor((whole % DAY) / HOUR), 'h'],
    [Math.floor((whole % HOUR) / MINUTE), 'm'],
    [Math.floor((whole % MINUTE) / SECOND), 's'],
  ]
  const text = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('')
  return text === '' ? '0s' : text
}
