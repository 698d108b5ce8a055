const STEP = 0x6d2b79f5

/**
 * A source of numbers from 0 up to 1 that repeats itself for the same seed (mulberry32). It names things; nothing that
 * must not be guessed comes from it.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + STEP) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The seed whose numbers are those that come after the first `drawn` of another one. */
export const seedAfter = (seed: number, drawn: number): number => (seed + Math.imul(drawn, STEP)) >>> 0
