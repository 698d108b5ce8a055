const reported = new WeakSet<object>()

/** Notes that the user has been told of an error, so that nothing shows it again on its way out. */
export function markReported<Failure extends object>(error: Failure): Failure {
  reported.add(error)
  return error
}

export const isReported = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && reported.has(error)
