import {isAwsError} from '../../aws/errors.js'
import {pollUntil} from '../../aws/poll.js'
import type {CliError} from '../../errors/errors.js'
import {AwsError, WaitTimeoutError} from '../../errors/errors.js'
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
  let refusal: CliError | undefined
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
    throw error instanceof WaitTimeoutError && refusal !== undefined ? withHint(refusal) : error
  }
}

function withHint(refusal: CliError): AwsError {
  const {code, message, details} = refusal
  const hint = /service linked role/.test(message)
    ? 'make it: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com'
    : 'check that the role exists and trusts ecs-tasks.amazonaws.com'
  return new AwsError(code, message, {details, cause: refusal, hints: [hint]})
}

/** ECS has no error name of its own for it: CreateService says the one, RunTask the other of the execution role. */
const isUnknownRole = (error: unknown): error is CliError =>
  (isAwsError(error, 'InvalidParameterException') && /Unable to assume the service linked role/.test(error.message)) ||
  (isAwsError(error, 'ClientException') && /unable to assume the role/.test(error.message))
