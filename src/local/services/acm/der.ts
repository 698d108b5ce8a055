/** Writes the distinguished encoding rules of ASN.1, as far as certificates need them. */

const encode = (tag: number, content: Uint8Array): Buffer => {
  const {length} = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const hex = length.toString(16)
  const size = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content])
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => encode(0x30, Buffer.concat(items))
export const set = (...items: readonly Uint8Array[]): Buffer => encode(0x31, Buffer.concat(items))
export const octetString = (content: Uint8Array): Buffer => encode(0x04, content)
export const utf8String = (text: string): Buffer => encode(0x0c, Buffer.from(text))
export const nothing = (): Buffer => encode(0x05, Buffer.alloc(0))
export const yes = (): Buffer => encode(0x01, Buffer.from([0xff]))

/** @param unused how many bits at the end do not count */
export const bitString = (content: Uint8Array, unused = 0): Buffer =>
  encode(0x03, Buffer.concat([Buffer.from([unused]), content]))

/** A positive number, most significant byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const sign = (bytes[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0)
  return encode(0x02, Buffer.concat([sign, bytes]))
}

/** @param tag the number in brackets of the module, for instance 3 for the extensions of a certificate */
export const explicit = (tag: number, content: Uint8Array): Buffer => encode(0xa0 | tag, content)
export const implicit = (tag: number, content: Uint8Array): Buffer => encode(0x80 | tag, content)

/** @param dotted for instance `2.5.4.3` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return encode(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

/** Certificates write dates up to 2049 with two digits of the year. */
export function time(milliseconds: number): Buffer {
  const text = `${new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  return text < '2050' ? encode(0x17, Buffer.from(text.slice(2))) : encode(0x18, Buffer.from(text))
}
