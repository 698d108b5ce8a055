import type {Readable} from 'node:stream'

/** A stream that text is written to; a terminal or not. */
export interface TextStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Width of the terminal in characters. */
  readonly columns?: number
}

/** The three streams of a program. */
export interface Streams {
  readonly stdin: Readable & {readonly isTTY?: boolean}
  readonly stdout: TextStream
  readonly stderr: TextStream
}

export type Environment = Readonly<Record<string, string | undefined>>
