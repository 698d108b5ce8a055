/** The first characters of an id tell things apart. @param {string} id */
export const shortId = (id) => id.slice(0, 8)

/** @param {number} count @param {string} noun */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A length of time in its largest unit or two: `8s`, `2m 5s`, `3h`. @param {number} milliseconds */
export function durationText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`
  if (minutes < 60) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`
}

const clockFormat = new Intl.DateTimeFormat('en-GB', {timeStyle: 'medium'})

/** The time of the day where the reader is. @param {string} time ISO 8601 */
export const clockText = (time) => clockFormat.format(new Date(time))

/** The kind of a state, which gives it its color. @param {string} state @returns {'good' | 'busy' | 'bad' | 'idle'} */
export function toneOf(state) {
  if (/^(COMPLETED|RUNNING|HEALTHY|healthy|active|ACTIVE)$/.test(state)) return 'good'
  if (/^(FAILED|UNHEALTHY|unhealthy|failed)$/.test(state)) return 'bad'
  return /^(STOPPED|UNKNOWN|unused|INACTIVE)$/.test(state) ? 'idle' : 'busy'
}
