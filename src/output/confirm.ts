import {createInterface} from 'node:readline/promises'
import type {Writable} from 'node:stream'
import type {Streams} from './streams.js'

/**
 * Asks a yes-or-no question on standard error. No is the answer to anything but yes, and to the end of the input.
 *
 * The terminal stays in its line mode, so that Ctrl-C reaches the whole program as a signal.
 *
 * @throws AbortError when `signal` is aborted before there is an answer
 */
export async function askYesNo(
  {stdin, stderr}: Streams,
  question: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const lines = createInterface({input: stdin, output: stderr as unknown as Writable, terminal: false})
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
    const answer = await Promise.race([
      lines.question(`${question} [y/N] `, signal === undefined ? {} : {signal}),
      ended,
    ])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}
