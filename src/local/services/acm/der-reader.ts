/** One element of a text in the distinguished encoding rules. */
export interface DerElement {
  readonly tag: number
  readonly content: Buffer
}

/** The elements of a constructed element, in order. */
export function elementsOf(content: Buffer): DerElement[] {
  const elements: DerElement[] = []
  for (let offset = 0; offset + 2 <= content.length; ) {
    const {start, end} = bounds(content, offset)
    elements.push({tag: content.readUInt8(offset), content: content.subarray(start, end)})
    offset = end
  }
  return elements
}

function bounds(content: Buffer, offset: number): {start: number; end: number} {
  const first = content.readUInt8(offset + 1)
  if (first < 0x80) return {start: offset + 2, end: offset + 2 + first}
  const size = first & 0x7f
  const start = offset + 2 + size
  return {start, end: start + content.readUIntBE(offset + 2, size)}
}

/** The dotted form of an object identifier. */
export function dotted(content: Buffer): string {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...rest].join('.')
}
