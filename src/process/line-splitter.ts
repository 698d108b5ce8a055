export interface LineSplitter {
  write(chunk: string): void
  /** Delivers what came after the last line end. */
  end(): void
}

/**
 * Cuts a stream of text into lines. A lone carriage return ends a line too: that is how progress is redrawn.
 *
 * @param maximumLength in characters; a longer line is delivered in pieces, so that memory stays bounded
 */
export function createLineSplitter(onLine: (line: string) => void, maximumLength = 65_536): LineSplitter {
  let rest = ''
  let endedInCarriageReturn = false

  return {
    write(chunk) {
      // The line was delivered at the carriage return; the line feed of a CR LF cut in two must not add an empty one.
      const text = endedInCarriageReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk
      endedInCarriageReturn = chunk.endsWith('\r')
      const lines = `${rest}${text}`.split(/\r\n|\n|\r/)
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
      while (rest.length > maximumLength) {
        onLine(rest.slice(0, maximumLength))
        rest = rest.slice(maximumLength)
      }
    },
    end() {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
