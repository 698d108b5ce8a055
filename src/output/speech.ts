import type {Paint} from './paint.js'
import type {Streams} from './streams.js'
import type {Timers} from './timers.js'

/** What every kind of output is made from. */
export interface OutputSettings {
  readonly streams: Streams
  /** Only warnings and errors beside the answer. */
  readonly quiet: boolean
  /** Debug lines too. */
  readonly verbose: boolean
  /** Standard output carries one JSON document, which the command prints itself. */
  readonly json: boolean
  /** For standard error. */
  readonly paint: Paint
  readonly timers: Timers
  /** Ends a question that nobody has answered yet. */
  readonly signal: AbortSignal
}

/** The one-line parts of the output, which all kinds have in common. */
export interface Speech {
  result(text: string): void
  info(text: string): void
  warn(text: string): void
  debug(text: string): void
}

export function createSpeech({streams, quiet, verbose, json, paint}: OutputSettings): Speech {
  const {stdout, stderr} = streams
  return {
    result: (text) => {
      if (!json) stdout.write(terminated(text))
    },
    info: (text) => {
      if (!quiet) stderr.write(terminated(text))
    },
    warn: (text) => {
      stderr.write(terminated(`${paint.yellow('Warning:')} ${text}`))
    },
    debug: (text) => {
      if (verbose) stderr.write(terminated(paint.dim(text)))
    },
  }
}

const terminated = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
