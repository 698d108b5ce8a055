import {createHash} from 'node:crypto'
import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'

const hex = (random: () => number, length: number): string =>
  Array.from({length}, () => Math.floor(random() * 16).toString(16)).join('')

export function newCertificateArn(scope: Scope, random: () => number): string {
  const id = [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-')
  return regionalArn('acm', scope, `certificate/${id}`)
}

/** 16 bytes in hexadecimal, the first of which makes it a positive number without padding. */
export const newSerial = (random: () => number): string => `0${1 + Math.floor(random() * 7)}${hex(random, 30)}`

/**
 * The record that proves the ownership of a domain. It is the same for every request of one account for one domain,
 * wildcard or not, so that it has to be made once.
 */
export function validationRecord({account}: Scope, domain: string): {name: string; value: string} {
  const base = domain.replace(/^\*\./, '')
  const digest = createHash('sha256').update(`${account} ${base}`).digest('hex')
  const zone = [...digest.slice(0, 10)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('')
  return {name: `_${digest.slice(0, 32)}.${base}.`, value: `_${digest.slice(32)}.${zone}.acm-validations.aws.`}
}
