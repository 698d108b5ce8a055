import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {shown} from './whole-number.js'

/** One field: in double quotes, where two of them stand for one, or up to the next comma. */
const FIELD = /"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)/y

/** Reads one line of comma-separated fields, e.g. the list flags of the Go CLI: `sh,-c,"echo a,b"` has three. */
export function parseCsvRecord(text: string): Parsed<string[]> {
  const fields: string[] = []
  let position = 0
  for (;;) {
    FIELD.lastIndex = position
    const match = FIELD.exec(text)
    if (match === null) {
      return invalid(
        `list ${shown(text)} has a quote in the wrong place: put the whole item in quotes and double those in it`,
      )
    }
    const [field, quoted, plain = ''] = match
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    position += field.length
    if (position >= text.length) return valid(fields)
    position += 1
  }
}
