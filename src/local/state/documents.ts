import type {DocumentChange, DocumentPath} from './part.js'

/** The JSON of a document. Maps become objects, at the top of it and below. */
export const documentText = (document: unknown): string =>
  JSON.stringify(document, (_key, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value))

/** The documents of a snapshot whose upper `depth` levels are keys. */
export function* documentsOf(snapshot: unknown, depth: number, path: DocumentPath = []): Generator<DocumentChange> {
  if (depth === 0) {
    yield {path, document: snapshot}
    return
  }
  const entries = snapshot instanceof Map ? snapshot : Object.entries(snapshot as object)
  for (const [key, value] of entries as Iterable<[string, unknown]>)
    yield* documentsOf(value, depth - 1, [...path, key])
}

/** Names a document among those of one part. */
export const pathKey = (path: DocumentPath): string => JSON.stringify(path)

/** Puts a snapshot together again from its documents, in their order; undefined where there is none. */
export function assembled(documents: ReadonlyMap<string, unknown>): unknown {
  const [only] = documents
  if (only?.[0] === '[]') return only[1]
  return documents.size === 0 ? undefined : objectOf([...documents].map(([key, value]) => [pathOf(key), value]))
}

const pathOf = (key: string): DocumentPath => JSON.parse(key) as string[]

function objectOf(entries: readonly (readonly [DocumentPath, unknown])[]): object {
  const groups = Map.groupBy(entries, ([[first = '']]) => first)
  // Not assigned one by one: a key may be `__proto__`.
  return Object.fromEntries(
    [...groups].map(([key, group]) => {
      const [only] = group
      const isDocument = only?.[0].length === 1
      return [key, isDocument ? only[1] : objectOf(group.map(([path, value]) => [path.slice(1), value]))]
    }),
  )
}
