export interface LogLine {
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly stream: string
  readonly message: string
}

export interface LogLineView {
  readonly timestamps: boolean
  /** Colors the name of a stream. */
  readonly paintStream: (stream: string) => string
}

/** A line for each event, with the stream that it is from first; line breaks in a message stay. */
export function renderLogLines(events: readonly LogLine[], {timestamps, paintStream}: LogLineView): string {
  return events
    .map(({timestamp, stream, message}) => {
      const time = timestamps ? `${new Date(timestamp).toISOString()} ` : ''
      return `${time}${paintStream(stream)} ${message.replace(/\r?\n$/, '')}`
    })
    .join('\n')
}

export interface LogEventDocument {
  readonly id: string
  readonly timestamp: Date
  readonly stream: string
  readonly message: string
}

/** An event as `--json` prints it. */
export function logEventDocument({id, timestamp, stream, message}: LogLine & {readonly id: string}): LogEventDocument {
  return {id, timestamp: new Date(timestamp), stream, message}
}
