// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with one
const ESCAPE_SEQUENCE = /\u001b\[[0-9;]*[A-Za-z]|\u001b\]8;;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g

/** Scripts and symbols that terminals show two columns wide (East Asian Width W and F). */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u
const NO_WIDTH = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]+$/u

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'})

/** The columns that a text takes in a terminal. Colours and links take none, an ideograph or emoji two. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const {segment} of graphemes.segment(text.replaceAll(ESCAPE_SEQUENCE, ''))) width += graphemeWidth(segment)
  return width
}

/** Fills a text with spaces up to a number of columns. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1
}
