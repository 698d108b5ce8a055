import {textWidth} from './text-width.js'

/** `1 task`, `2 tasks`. */
export function plural(count: number, noun: string, pluralNoun = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : pluralNoun}`
}

/** `a`, `a and b`, `a, b and c`. */
export function joinList(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const last = items.at(-1)
  if (last === undefined) return ''
  return items.length === 1 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`
}

/** Leaves out the middle of a text, where long names differ least, so that it fits a number of columns (at least one). */
export function truncateMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  const characters = Array.from(text)
  const start: string[] = []
  const end: string[] = []
  let room = columns - 1
  for (let step = 0; characters.length > 0; step += 1) {
    const isStart = step % 2 === 0
    const character = (isStart ? characters.shift() : characters.pop()) ?? ''
    room -= textWidth(character)
    if (room < 0) break
    if (isStart) start.push(character)
    else end.unshift(character)
  }
  return `${start.join('')}…${end.join('')}`
}
