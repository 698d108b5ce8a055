import {isAwsError} from '../../aws/errors.js'
import {pollUntil} from '../../aws/poll.js'
import {WaitTimeoutError} from '../../errors/errors.js'
import type {Context} from '../context.js'

const retryEveryMs = 3000
const knownAfterMs = 60_000

/**
 * Makes a call that needs the service-linked role of ECS or the execution role, again for a minute while ECS does not
 * know the role: one that was made just now is not seen everywhere at once.
 */
export async function onceRoleIsKnown<Value>(
  {clock, signal}: Pick<Context, 'clock' | 'signal'>,
  call: () => Promise<Value>,
): Promise<Value> {
  let refusal: unknown
  const attempt = async (): Promise<{value: Value} | undefined> => {
    try {
      return {value: await call()}
    } catch (error) {
      if (!isUnknownRole(error)) throw error
      refusal = error
      return undefined
    }
  }
  try {
    const what = 'ECS to see a new role'
    const {value} = await pollUntil({clock, signal, everyMs: retryEveryMs, timeoutMs: knownAfterMs, what}, attempt)
    return value
  } catch (error) {
    throw error instanceof WaitTimeoutError ? refusal : error
  }
}

/** ECS has no error name of its own for it: CreateService says the one, RunTask the other of the execution role. */
const isUnknownRole = (error: unknown): boolean =>
  (isAwsError(error, 'InvalidParameterException') && /Unable to assume the service linked role/.test(error.message)) ||
  (isAwsError(error, 'ClientException') && /unable to assume the role/.test(error.message))
