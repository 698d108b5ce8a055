import {joinList} from '../lib/text.js'

/** The end of a message about a name that does not exist: `; did you mean web or api?`; nothing without candidates. */
export const didYouMean = (names: readonly string[]): string =>
  names.length === 0 ? '' : `; did you mean ${joinList(names, 'or')}?`
