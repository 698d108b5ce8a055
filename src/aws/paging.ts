import {AwsError} from '../errors/errors.js'

/**
 * Walks a paged operation to its end.
 *
 * @param fetchPage asks for the page behind a token, the first one for `undefined`
 * @param nextToken reads the token of the next page
 * @throws AwsError PAGING_LOOP when AWS answers the token that it was given, which would never end
 */
export async function* pages<Page>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  nextToken: (page: Page) => string | undefined,
): AsyncGenerator<Page, void, void> {
  let token: string | undefined
  for (;;) {
    const page = await fetchPage(token)
    yield page
    const next = nextToken(page)
    if (next === undefined || next === '') return
    if (next === token) throw new AwsError('PAGING_LOOP', 'AWS answers the same page for ever')
    token = next
  }
}

/** All items of a paged operation, in AWS's order. */
export async function collect<Page, Item>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  nextToken: (page: Page) => string | undefined,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = []
  for await (const page of pages(fetchPage, nextToken)) all.push(...(items(page) ?? []))
  return all
}
