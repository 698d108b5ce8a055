import type {ByteRange} from '../blobs.js'

/**
 * The part of a blob that a `Range` header asks for. A header that is not one range of bytes is ignored, as HTTP wants;
 * `unsatisfiable` when the range lies outside of the blob.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : {start: size - length, end: size - 1}
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : {start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1)}
}

/** The place of a chunk in its upload, from `Content-Range: 0-1023`; undefined when there is none to read. */
export function parseContentRange(header: string | undefined): ByteRange | undefined {
  const [, first, last] = /^(?:bytes[ =])?(\d+)-(\d+)(?:\/\S+)?$/.exec(header ?? '') ?? []
  return first === undefined || last === undefined ? undefined : {start: Number(first), end: Number(last)}
}
