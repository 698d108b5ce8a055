import type {ExitCode} from './exit-codes.js'
import {exitCodes} from './exit-codes.js'

export interface CliErrorOptions {
  /** Imperative next steps, each runnable where possible; shown last, after `Try:`. */
  readonly hints?: readonly string[]
  /** Facts for scripts: shown in the JSON document, never in the text. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * A failure that a person can act on. `message` says what failed and why in one or more lines, without a final period;
 * `code` is stable and in capitals, for scripts.
 */
export abstract class CliError extends Error {
  abstract readonly exitCode: ExitCode
  readonly code: string
  readonly hints: readonly string[]
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, {hints = [], details = {}, cause}: CliErrorOptions = {}) {
    super(message, cause === undefined ? undefined : {cause})
    this.name = new.target.name
    this.code = code
    this.hints = hints
    this.details = details
  }

  /** What oclif's own exit path reads. */
  get oclif(): {exit: ExitCode} {
    return {exit: this.exitCode}
  }
}

/** Anything that no code expected: a defect of this program. */
export class UnexpectedError extends CliError {
  override readonly exitCode = exitCodes.bug
}

/** Wrong flags, arguments or configuration; nothing was changed. */
export class UsageError extends CliError {
  override readonly exitCode = exitCodes.usage
}

/** The machine cannot do it: docker absent, daemon down, build failed, push refused, no network, disk full. */
export class MachineError extends CliError {
  override readonly exitCode = exitCodes.machine
}

/** Credentials are missing or expired, or lack a permission. */
export class CredentialsError extends CliError {
  override readonly exitCode = exitCodes.credentials
}

/** AWS refused: not found, limit, throttle, a rule of AWS. */
export class AwsError extends CliError {
  override readonly exitCode = exitCodes.aws
}

/** The deployment failed or was rolled back. */
export class DeploymentError extends CliError {
  override readonly exitCode = exitCodes.deployment
}

/** Waiting ended before AWS did; what was asked for may still finish. */
export class WaitTimeoutError extends CliError {
  override readonly exitCode = exitCodes.timeout
}

/** The user stopped the command. */
export class CancelledError extends CliError {
  override readonly exitCode = exitCodes.cancelled
}
