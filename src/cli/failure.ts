import {CancelledError, CliError, UnexpectedError} from '../errors/errors.js'
import type {Paint} from '../output/paint.js'

/** Whatever was thrown, as an error that can be shown: a cancellation, or else a bug, where it is none already. */
export function cliErrorOf(error: unknown, signal?: AbortSignal): CliError {
  if (error instanceof CliError) return error
  if (signal?.aborted) return new CancelledError('CANCELLED', 'cancelled', {cause: error})
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new UnexpectedError('UNEXPECTED', `${message}\nThis is a bug in fargate, not a mistake of yours`, {
    cause: error,
    hints: ['run it again with --verbose and report what it prints'],
  })
}

/** The text of a failure for standard error: what failed and why, then what to do. The stack is for bugs only. */
export function failureText(error: CliError, paint: Paint, verbose: boolean): string {
  const stack = verbose && error instanceof UnexpectedError ? stackOf(error.cause) : undefined
  const hints = error.hints.map((hint) => `${paint.bold('Try:')} ${hint}`)
  const lines = [
    `${paint.red('Error:')} ${error.message}`,
    ...(stack === undefined ? [] : [paint.dim(stack)]),
    ...hints,
  ]
  return `${lines.join('\n')}\n`
}

const stackOf = (cause: unknown): string | undefined => (cause instanceof Error ? cause.stack : undefined)

/** The document of a failure, for standard output with --json. */
export interface FailureDocument {
  readonly error: Pick<CliError, 'code' | 'message' | 'hints' | 'details'>
}

export function failureDocument({code, message, hints, details}: CliError): FailureDocument {
  return {error: {code, message, hints, details}}
}
