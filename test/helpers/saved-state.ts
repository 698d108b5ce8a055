import {assembled, documentsOf, documentText, pathKey} from '../../src/local/state/documents.js'
import type {StatePart} from '../../src/local/state/part.js'

/** What the next run of the local AWS gives a part to restore, through the JSON of its documents. */
export function savedState(part: StatePart): unknown {
  const documents = [...documentsOf(part.snapshot(), part.depth ?? 0)]
  return assembled(new Map(documents.map(({path, document}) => [pathKey(path), JSON.parse(documentText(document))])))
}
