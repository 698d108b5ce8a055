/** A command line as far as the cursor, taken apart as bash does. */
export interface ShellLine {
  /** All words in front of the last one, without their quotes; the first one is the program. */
  readonly words: readonly string[]
  /** The word at the cursor, without its quotes; empty behind a space. */
  readonly word: string
  /** How much of the word stands in front of what readline puts a candidate in the place of. */
  readonly kept: number
  /** The quote that is still open at the cursor. */
  readonly quote: '' | '"' | "'"
}

const escapedInDoubleQuotes = /["\\$`]/

/**
 * Takes a line apart. Readline completes only what stands behind the last of its break characters or an open quote:
 * of `--rule=path=/` the slash.
 *
 * @param breaks COMP_WORDBREAKS of bash
 */
export function splitShellLine(line: string, breaks: string): ShellLine {
  const words: string[] = []
  let current: {word: string; kept: number} | undefined
  let quote: ShellLine['quote'] = ''
  for (let index = 0; index < line.length; index++) {
    const letter = line[index] as string
    if (quote === '' && /\s/.test(letter)) {
      if (current !== undefined) words.push(current.word)
      current = undefined
      continue
    }
    current ??= {word: '', kept: 0}
    if (isEscape(letter, line[index + 1], quote)) {
      index += 1
      current.word += line[index]
    } else if (isQuote(letter, quote)) {
      quote = quote === '' ? letter : ''
      current.kept = current.word.length
    } else {
      current.word += letter
      if (isBreak(letter, quote, breaks)) current.kept = current.word.length
    }
  }
  return {words, word: current?.word ?? '', kept: current?.kept ?? 0, quote}
}

type Quote = ShellLine['quote']

/** Whether a letter opens a quote, or closes the one that is open. */
const isQuote = (letter: string, open: Quote): letter is '"' | "'" =>
  open === '' ? letter === '"' || letter === "'" : letter === open

const isEscape = (letter: string, next: string | undefined, open: Quote): boolean =>
  letter === '\\' && next !== undefined && (open === '' || (open === '"' && escapedInDoubleQuotes.test(next)))

const isBreak = (letter: string, open: Quote, breaks: string): boolean => open === '' && breaks.includes(letter)

/** A text as it can be typed at the cursor; `undefined` where an open quote cannot hold it. */
export function shellText(text: string, quote: ShellLine['quote']): string | undefined {
  if (quote === "'") return text.includes("'") ? undefined : text
  if (quote === '"') return text.replaceAll(/["\\$`]/g, '\\$&')
  return text.replaceAll(/[^\w@%+=:,./~-]/g, '\\$&')
}
