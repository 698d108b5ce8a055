interface Named {
  readonly name?: string | undefined
}

/**
 * Sets entries in a list that is keyed by name: each stands once, in the place where it was first, or at the end. Other
 * entries stay as they are.
 */
export function setByName<Entry extends Named>(present: readonly Entry[], wanted: readonly Entry[]): Entry[] {
  const entries = new Map(wanted.map((entry) => [entry.name, entry]))
  const placed = new Set<string | undefined>()
  const kept = present.flatMap((entry) => {
    const own = entries.get(entry.name)
    if (own === undefined) return [entry]
    if (placed.has(own.name)) return []
    placed.add(own.name)
    return [{...entry, ...own}]
  })
  return [...kept, ...wanted.filter(({name}) => !placed.has(name))]
}
