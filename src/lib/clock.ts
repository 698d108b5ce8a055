/** Time as the actions see it; the process clock in the product, a virtual one in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Waits. Ends early, without an error, when `signal` is aborted.
   *
   * @param milliseconds how long, in the time of AWS: a local AWS that runs faster makes this shorter
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
