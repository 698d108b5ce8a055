import {CancelledError} from '../errors/errors.js'
import {ProcessError} from './runner.js'

/**
 * Sorts out what came from a run of another program, so that an adapter only has to explain failures of the program.
 *
 * @param activity what was going on, in lower case: `building the image`
 * @returns the failure of the program
 * @throws CancelledError when the caller stopped it; anything that is no ProcessError as it is
 */
export function programFailure(error: unknown, activity: string): ProcessError {
  if (!(error instanceof ProcessError)) throw error
  if (error.reason === 'cancelled') throw new CancelledError('CANCELLED', `Cancelled while ${activity}`, {cause: error})
  return error
}
