export interface ClosestOptions {
  /** The most that are named. */
  readonly limit?: number
}

/**
 * The candidates that a mistyped word may have meant, most alike first; none when nothing is alike. Case does not
 * count. A word may be wrong in a third of its letters, at least one, or be the start of a candidate.
 */
export function closest(word: string, candidates: readonly string[], {limit = 3}: ClosestOptions = {}): string[] {
  const wanted = word.toLowerCase()
  const tolerance = Math.max(1, Math.floor(wanted.length / 3))
  return candidates
    .map((candidate) => ({candidate, distance: distanceTo(wanted, candidate.toLowerCase(), tolerance)}))
    .filter(({distance}) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({candidate}) => candidate)
}

/**
 * The fewest edits that make one text of the other: a letter more, less or another, or two neighbours swapped (optimal
 * string alignment).
 */
export function editDistance(from: string, to: string): number {
  const source = Array.from(from)
  const target = Array.from(to)
  let beforeLast: number[] = []
  let last = Array.from({length: target.length + 1}, (_, index) => index)
  for (const [row, letter] of source.entries()) {
    const current = [row + 1]
    for (const [column, other] of target.entries()) {
      const replaced = at(last, column) + (letter === other ? 0 : 1)
      const isSwap = row > 0 && column > 0 && letter === target[column - 1] && source[row - 1] === other
      const swapped = isSwap ? at(beforeLast, column - 1) + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(at(last, column + 1) + 1, at(current, column) + 1, replaced, swapped))
    }
    beforeLast = last
    last = current
  }
  return at(last, target.length)
}

function distanceTo(wanted: string, candidate: string, tolerance: number): number {
  const distance = editDistance(wanted, candidate)
  const isStart = wanted.length >= 2 && candidate.startsWith(wanted)
  return isStart ? Math.min(distance, tolerance) : distance
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
