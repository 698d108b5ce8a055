import {padText, textWidth} from './text-width.js'

const GAP = '  '
const INDENT = '  '

/** A labelled value: one line, several lines, or entries of its own. */
export interface BlockEntry {
  readonly label: string
  readonly value: string | readonly string[] | readonly BlockEntry[]
}

/**
 * A table in columns: the headers in the first line, then a line for each row, with no space at the end of any. A cell
 * that a row does not have is empty; line breaks in a cell become spaces.
 */
export function formatTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headers, ...rows].map((cells) => headers.map((_, column) => oneLine(cells[column] ?? '')))
  const widths = headers.map((_, column) => Math.max(...lines.map((cells) => textWidth(cells[column] ?? ''))))
  return lines
    .map((cells) => cells.map((cell, column) => padText(cell, widths[column] ?? 0)).join(GAP))
    .map((line) => line.trimEnd())
    .join('\n')
}

/**
 * Labels with their values. Values that fit beside their labels are aligned with each other; several lines and nested
 * entries go below, indented.
 */
export function formatBlock(entries: readonly BlockEntry[]): string {
  return blockLines(entries).join('\n')
}

function blockLines(entries: readonly BlockEntry[]): string[] {
  const labels = entries.filter(({value}) => isBeside(value)).map(({label}) => textWidth(label) + 1)
  const width = Math.max(0, ...labels)
  return entries.flatMap(({label, value}) => {
    if (typeof value === 'string' && isBeside(value)) return [`${padText(`${label}:`, width)}${GAP}${value}`.trimEnd()]
    return [`${label}:`, ...linesBelow(value).map((line) => `${INDENT}${line}`.trimEnd())]
  })
}

function isBeside(value: BlockEntry['value']): boolean {
  return typeof value === 'string' && !value.includes('\n')
}

function linesBelow(value: BlockEntry['value']): string[] {
  if (typeof value === 'string') return value.split('\n')
  return isEntries(value) ? blockLines(value) : value.flatMap((line) => line.split('\n'))
}

function isEntries(value: readonly string[] | readonly BlockEntry[]): value is readonly BlockEntry[] {
  return typeof value[0] === 'object'
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
