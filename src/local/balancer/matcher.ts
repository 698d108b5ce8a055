const MATCHER = /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/

/** Whether a text is a list of status codes and ranges, for instance `200-299,302`. */
export const isMatcher = (matcher: string): boolean => MATCHER.test(matcher)

/** Whether a matcher such as `200-299,302` accepts an HTTP status code. */
export const acceptsStatus = (matcher: string, code: number): boolean =>
  matcher.split(',').some((part) => {
    const [low = Number.NaN, high = low] = part.split('-').map(Number)
    return code >= low && code <= high
  })
