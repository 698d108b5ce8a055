/** One place at which two JSON values differ. */
export interface Change {
  /** `containerDefinitions[0].image`; empty for the value itself. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** Absent when the place is new. */
  readonly before?: unknown
  /** Absent when the place is gone. */
  readonly after?: unknown
}

/**
 * All places at which two JSON values differ, in a stable order: keys sorted, items by index. A member that is
 * `undefined` counts as absent, as in JSON. Something added or removed is named once, as a whole.
 */
export function changes(before: unknown, after: unknown): Change[] {
  return changesAt('', plain(before), plain(after))
}

/** Whether two values are the same JSON document. */
export function sameJson(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right)
}

/** The JSON of a value with the keys of every object sorted: equal values give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(plain(value))) ?? 'null'
}

function changesAt(path: string, before: unknown, after: unknown): Change[] {
  if (before === undefined && after === undefined) return []
  if (before === undefined) return [{path, kind: 'added', after}]
  if (after === undefined) return [{path, kind: 'removed', before}]
  if (Array.isArray(before) && Array.isArray(after)) return itemChanges(path, before, after)
  if (isRecord(before) && isRecord(after)) return memberChanges(path, before, after)
  return sameJson(before, after) ? [] : [{path, kind: 'changed', before, after}]
}

function itemChanges(path: string, before: readonly unknown[], after: readonly unknown[]): Change[] {
  const length = Math.max(before.length, after.length)
  return Array.from({length}, (_, index) => changesAt(`${path}[${index}]`, before[index], after[index])).flat()
}

function memberChanges(path: string, before: Members, after: Members): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return keys.flatMap((key) => changesAt(memberPath(path, key), member(before, key), member(after, key)))
}

function memberPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

type Members = Readonly<Record<string, unknown>>

/** A key such as `toString` must not be found on the prototype. */
function member(members: Members, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What JSON keeps of a value: dates become texts, members without a value vanish. */
function plain(value: unknown): unknown {
  const json: string | undefined = JSON.stringify(value)
  return json === undefined ? undefined : (JSON.parse(json) as unknown)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}
