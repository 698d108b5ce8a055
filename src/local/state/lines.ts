import {ftruncateSync, readFileSync, writeSync} from 'node:fs'
import {StringDecoder} from 'node:string_decoder'
import {damaged} from './failure.js'

/** Files are read and parsed line by line: one string has at most half a gigabyte. */
const NEWLINE = 0x0a

/** A line of a file of JSON lines. */
export interface ParsedLine {
  readonly number: number
  readonly value: unknown
  /** Where the line ends in the file, in bytes. */
  readonly end: number
}

/**
 * The complete lines of a file. What follows the last newline was cut off while it was written and is left out: nobody
 * was told that it is there.
 *
 * @throws StateFailure for a line that is no JSON
 */
export function* jsonLinesOf(file: string): Generator<ParsedLine> {
  const bytes = readFileSync(file)
  let start = 0
  for (let number = 1; ; number++) {
    const newline = bytes.indexOf(NEWLINE, start)
    if (newline < 0) return
    const text = new StringDecoder('utf8').end(bytes.subarray(start, newline))
    start = newline + 1
    yield {number, value: parse(file, number, text), end: start}
  }
}

function parse(file: string, number: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged(file, `line ${number} is no JSON`)
  }
}

/**
 * Writes a text at the end of an open file of `size` bytes: all of it, or nothing.
 *
 * @returns how many bytes the file has then
 */
export function appendWhole(descriptor: number, size: number, text: string): number {
  const bytes = Buffer.from(text)
  let written = 0
  try {
    while (written < bytes.length) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, size + written)
    }
  } catch (error) {
    ftruncateSync(descriptor, size)
    throw error
  }
  return size + bytes.length
}
