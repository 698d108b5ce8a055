const MINUTES_EAST: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  NST: -210,
  NDT: -150,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
}

/** UTC+14:00 (Kiribati) is the largest offset in use. */
const MAX_OFFSET_MINUTES = 14 * 60

/**
 * The offset of a time zone from UTC.
 *
 * An abbreviation that several places use has one meaning here: BST is British Summer Time, CST is North American
 * Central Standard Time, IST is India Standard Time.
 *
 * @param text an abbreviation such as `EST` in any case, or `+0530`, `+05:30`, `+05`
 * @returns minutes to the east of UTC, or `undefined` for an unknown zone
 */
export function zoneOffsetMinutes(text: string): number | undefined {
  const upper = text.toUpperCase()
  if (Object.hasOwn(MINUTES_EAST, upper)) return MINUTES_EAST[upper]
  const [, sign, hours, minutes = '0'] = /^([+-])([0-9]{2})(?::?([0-5][0-9]))?$/.exec(text) ?? []
  if (hours === undefined) return undefined
  const offset = Number(hours) * 60 + Number(minutes)
  if (offset > MAX_OFFSET_MINUTES) return undefined
  return sign === '-' && offset > 0 ? -offset : offset
}

/**
 * The offset of a place from UTC, as its clocks showed it at a time.
 *
 * @param name of the IANA time zone database: `Europe/Berlin`
 * @param localMs the time that the clocks of the place showed, as milliseconds since 1970 began there
 * @returns minutes to the east of UTC, or `undefined` for an unknown place; of an hour that came twice the later one
 */
export function placeOffsetMinutes(name: string, localMs: number): number | undefined {
  const offsetAt = placeClock(name)
  if (offsetAt === undefined) return undefined
  const guess = offsetAt(localMs - offsetAt(localMs) * 60_000)
  return offsetAt(localMs - guess * 60_000)
}

function placeClock(timeZone: string): ((ms: number) => number) | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', {timeZone, timeZoneName: 'longOffset'})
    return (ms) => {
      const {value = ''} = format.formatToParts(ms).find(({type}) => type === 'timeZoneName') ?? {}
      return zoneOffsetMinutes(value.replace(/^GMT(?=.)/, '')) ?? 0
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
