interface Timed {
  /** Milliseconds since 1970. */
  readonly timestamp: number
}

type Pages<Event extends Timed> = AsyncGenerator<readonly Event[], void, void>

/**
 * Joins sources that are each in order of time into one that is, too. It holds one page of each source, and asks
 * those that have run out at the same time. Empty pages are left out.
 */
export async function* mergeByTime<Event extends Timed>(
  sources: readonly Pages<Event>[],
): AsyncGenerator<Event[], void, void> {
  let heads = await Promise.all(sources.map((pages) => advance<Event>({pages, events: []})))
  for (;;) {
    heads = heads.filter(({events}) => events.length > 0)
    if (heads.length === 0) return
    // Up to here every source has told all that it has.
    const until = Math.min(...heads.map(({events}) => events.at(-1)?.timestamp ?? 0))
    const ready = heads.flatMap(({events}) => events.filter(({timestamp}) => timestamp <= until))
    yield ready.sort((one, other) => one.timestamp - other.timestamp)
    const left = heads.map(({pages, events}) => ({pages, events: events.filter(({timestamp}) => timestamp > until)}))
    heads = await Promise.all(left.map((head) => (head.events.length === 0 ? advance(head) : head)))
  }
}

interface Head<Event extends Timed> {
  readonly pages: Pages<Event>
  /** Read and not passed on yet; none at the end of the source. */
  readonly events: readonly Event[]
}

async function advance<Event extends Timed>({pages}: Head<Event>): Promise<Head<Event>> {
  for (;;) {
    const {done, value} = await pages.next()
    if (done) return {pages, events: []}
    if (value.length > 0) return {pages, events: value}
  }
}
