import {invalidDomainName} from './faults.js'

const NAME_LIMIT = 255
const LABEL_LIMIT = 63

/**
 * A domain name as Route 53 keeps it: small letters, a final dot, and every character but letters, digits, `-` and `_`
 * as its octal code, for instance `\052.example.com.`.
 */
export function normalName(name: string): string {
  const escaped = name
    .toLowerCase()
    .replace(/\\(\d{3})|([^a-z0-9._-])/g, (_, code: string | undefined, letter: string) =>
      code === undefined ? octal(letter) : unescaped(code),
    )
  return escaped.endsWith('.') ? escaped : `${escaped}.`
}

const octal = (letter: string): string =>
  [...Buffer.from(letter)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')

/** A code of what needs none stands for the character. */
function unescaped(code: string): string {
  const letter = String.fromCharCode(Number.parseInt(code, 8)).toLowerCase()
  return /[a-z0-9_-]/.test(letter) ? letter : `\\${code}`
}

/** What names are sorted by: the labels in reverse, for instance `com.example.www.`. */
export const sortKey = (name: string): string => `${normalName(name).slice(0, -1).split('.').reverse().join('.')}.`

/** Whether a name is that of a zone or below it. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`)

/** @throws AwsFault InvalidDomainName */
export function checkDomainName(name: string): void {
  const labels = normalName(name).slice(0, -1).split('.')
  const isGood = name.length <= NAME_LIMIT && labels.every((label) => label.length > 0 && label.length <= LABEL_LIMIT)
  if (!isGood) throw invalidDomainName(name)
}
