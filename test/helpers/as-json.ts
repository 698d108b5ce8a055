/** What is left of a snapshot once it was written to a file: maps are objects. */
export const asJson = (snapshot: unknown): unknown =>
  JSON.parse(
    JSON.stringify(snapshot, (_, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value)),
  )
