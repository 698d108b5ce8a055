/**
 * The X-Amzn-Trace-Id header that goes on to the target: a new one has a `Root`; to one that came with the request a
 * `Self` is added, or the one it has is replaced.
 */
export function traceHeader(received: string | undefined, id: string): string {
  const fields = (received ?? '')
    .split(';')
    .map((field) => field.trim())
    .filter((field) => field !== '')
  if (fields.length === 0) return `Root=${id}`
  const others = fields.filter((field) => !field.startsWith('Self='))
  if (others.some((field) => field.startsWith('Root='))) return [`Self=${id}`, ...others].join(';')
  return [`Root=${id}`, ...others].join(';')
}

/** An identifier of X-Amzn-Trace-Id: the time in seconds and 96 random bits, both in hexadecimal. */
export function newTraceId(now: number, random: () => number): string {
  const time = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')
  const unique = Array.from({length: 24}, () => Math.floor(random() * 16).toString(16)).join('')
  return `1-${time}-${unique}`
}
