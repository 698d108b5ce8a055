import type {Parsed} from './parsed.js'
import {checked, invalid} from './parsed.js'
import {shown} from './whole-number.js'

const LONGEST_NAME = 253
/** X.509 has room for so many characters in the common name; further names of a certificate may be longer. */
const LONGEST_COMMON_NAME = 64
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads a domain name of two labels or more, the first of which may be `*`. Answers it in small letters and without a
 * final dot, the form in which ACM compares names.
 */
export function parseDomainName(text: string): Parsed<string> {
  const name = plainDomain(text)
  return checked(name, domainProblem(name, text))
}

/** Reads the domain name that a certificate is called by, its common name. */
export function parseCertificateDomain(text: string): Parsed<string> {
  const name = parseDomainName(text)
  if (!name.ok || name.value.length <= LONGEST_COMMON_NAME) return name
  return invalid(
    `domain name ${shown(text)} has ${name.value.length} characters: the first name of a certificate has at most ` +
      `${LONGEST_COMMON_NAME}, so give a shorter one first and this one with --alias`,
  )
}

/** A domain name in small letters and without its final dot. */
export const plainDomain = (name: string): string => name.toLowerCase().replace(/\.$/, '')

/** A domain name as an argument of a command: in quotes where a shell would take `*` for the names of files. */
export const shellDomain = (name: string): string => (name.includes('*') ? `'${name}'` : name)

/** Whether a name is a domain or below it, label by label: `notexample.com` is not within `example.com`. */
export function isWithinDomain(name: string, domain: string): boolean {
  const [inner, outer] = [plainDomain(name), plainDomain(domain)]
  return inner === outer || inner.endsWith(`.${outer}`)
}

function domainProblem(name: string, text: string): string | undefined {
  const what = `domain name ${shown(text)}`
  if (name.length > LONGEST_NAME) return `${what} has ${name.length} characters: use at most ${LONGEST_NAME}`
  const labels = name.replace(/^\*\./, '').split('.')
  if (labels.length < 2) return `${what} has no dot: use one such as www.example.com or *.example.com`
  if (labels.every((label) => LABEL.test(label)) && (labels.at(-1) ?? '').length > 1) return undefined
  return `${what} is not valid: use letters, digits and hyphens between dots, others in their xn-- form`
}
