/** CloudWatch Logs takes events of 256 KiB with 26 bytes of overhead; the awslogs driver splits longer lines. */
const LONGEST_LINE_BYTES = 262_144 - 26
const HEADER_BYTES = 8
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Puts the chunks of one output together to lines. */
class LineBuffer {
  readonly #onLine: (line: string) => void
  #rest: Buffer = Buffer.alloc(0)

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(chunk: Buffer): void {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      this.#emit(rest.subarray(0, end))
      rest = rest.subarray(end + 1)
    }
    while (rest.length > LONGEST_LINE_BYTES) {
      const end = lastCharacterEnd(rest, LONGEST_LINE_BYTES)
      for (const event of eventsOf(rest.subarray(0, end))) this.#onLine(event)
      rest = rest.subarray(end)
    }
    this.#rest = Buffer.from(rest)
  }

  end(): void {
    this.#emit(this.#rest)
    this.#rest = Buffer.alloc(0)
  }

  /** CloudWatch Logs knows no empty events; the driver leaves empty lines out. */
  #emit(bytes: Buffer): void {
    for (const event of eventsOf(bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes)) this.#onLine(event)
  }
}

/**
 * Cuts a line into events. What is no UTF-8 becomes replacement characters, of three bytes each, and these count: so a
 * line is cut as it is sent, and never within a character.
 */
function* eventsOf(line: Buffer): Generator<string> {
  const bytes = line.length * 3 > LONGEST_LINE_BYTES ? Buffer.from(line.toString()) : line
  let start = 0
  while (start < bytes.length) {
    const end = lastCharacterEnd(bytes, start + LONGEST_LINE_BYTES)
    yield bytes.subarray(start, end).toString()
    start = end
  }
}

/** Where the last character ends that fits before `limit`; of what is no UTF-8, `limit` itself. */
function lastCharacterEnd(bytes: Buffer, limit: number): number {
  if (limit >= bytes.length) return bytes.length
  const starts = [0, 1, 2, 3].map((back) => limit - back)
  return starts.find((place) => !isContinuation(bytes.readUInt8(place))) ?? limit
}

const isContinuation = (byte: number): boolean => (byte & 0b1100_0000) === 0b1000_0000

/**
 * Reads a container's log stream to its end. Without a terminal the engine sends stdout and stderr in one stream, in
 * frames of a header (which output, and how many bytes) and a payload; a line may go over several of them.
 */
export async function readLog(
  stream: AsyncIterable<Buffer>,
  {terminal}: {readonly terminal: boolean},
  onLine: (line: string) => void,
): Promise<void> {
  const outputs = new Map<number, LineBuffer>()
  const push = (output: number, payload: Buffer) => {
    const lines = outputs.get(output) ?? new LineBuffer(onLine)
    outputs.set(output, lines)
    lines.push(payload)
  }
  try {
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of stream) {
      if (terminal) push(1, chunk)
      else rest = takeFrames(Buffer.concat([rest, chunk]), push)
    }
  } finally {
    for (const lines of outputs.values()) lines.end()
  }
}

/** Hands out the frames that are complete; answers with what is left. */
function takeFrames(bytes: Buffer, push: (output: number, payload: Buffer) => void): Buffer {
  let start = 0
  while (bytes.length - start >= HEADER_BYTES) {
    const end = start + HEADER_BYTES + bytes.readUInt32BE(start + 4)
    if (bytes.length < end) break
    push(bytes.readUInt8(start), bytes.subarray(start + HEADER_BYTES, end))
    start = end
  }
  return bytes.subarray(start)
}
