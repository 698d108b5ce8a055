import {ProcessError} from './runner.js'

const hidden = '***'

/** Replaces every occurrence of each secret; a longer secret goes first, so that no part of it is left by a shorter one. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((redacted, secret) => redacted.replaceAll(secret, hidden), text)
}

/** The same failure with the secrets hidden, for programs that repeat on an error what they were given. */
export function redactFailure(failure: ProcessError, secrets: readonly string[]): ProcessError {
  return new ProcessError({
    command: failure.command.map((argument) => redact(argument, secrets)),
    reason: failure.reason,
    exitCode: failure.exitCode,
    stdout: redact(failure.stdout, secrets),
    stderr: redact(failure.stderr, secrets),
  })
}
