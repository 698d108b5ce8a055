/** An identifier of X-Amzn-Trace-Id: the time in seconds and 96 random bits, both in hexadecimal. */
export function newTraceId(now: number, random: () => number): string {
  const time = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')
  const unique = Array.from({length: 24}, () => Math.floor(random() * 16).toString(16)).join('')
  return `Root=1-${time}-${unique}`
}
