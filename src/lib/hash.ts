const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193
const HASH_LENGTH = 7

/** The 32-bit FNV-1a hash of a text's UTF-8 bytes in base 36: seven lower-case letters and digits. No cryptography. */
export function shortHash(text: string): string {
  let hash = OFFSET_BASIS
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, PRIME)
  return (hash >>> 0).toString(36).padStart(HASH_LENGTH, '0')
}

/**
 * Cuts a text and puts a hash of `identity` at its end, so that two texts that begin alike stay apart.
 *
 * @param longest the most characters that the result may have
 */
export function shortenWithHash(text: string, identity: string, longest: number): string {
  const start = text.slice(0, longest - HASH_LENGTH - 1).replace(/[-_.]+$/, '')
  return start === '' ? shortHash(identity) : `${start}-${shortHash(identity)}`
}
