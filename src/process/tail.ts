export interface Tail {
  write(chunk: string): void
  text(): string
}

/** Remembers the end of a text: at most `maximumLength` characters, whatever is written. */
export function createTail(maximumLength: number): Tail {
  const chunks: string[] = []
  let length = 0

  return {
    write(chunk) {
      chunks.push(chunk)
      length += chunk.length
      let first = chunks[0]
      while (first !== undefined && length - first.length >= maximumLength) {
        chunks.shift()
        length -= first.length
        first = chunks[0]
      }
    },
    text: () => chunks.join('').slice(-maximumLength),
  }
}

/** The last `count` lines of a text. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}
