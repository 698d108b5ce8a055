import {fileURLToPath} from 'node:url'
import {Config, Errors, flush, run as runOclif} from '@oclif/core'
import type {CliError} from '../errors/errors.js'
import {exitCodes} from '../errors/exit-codes.js'
import {createPaint, wantsColor} from '../output/paint.js'
import {arrangeArgv, hasFlag} from './argv.js'
import {endOnClosedPipe} from './closed-pipe.js'
import {cliErrorOf, failureDocument, failureText} from './failure.js'
import {isReported} from './reported.js'
import {isTruthy} from './truth.js'
import {unknownCommand} from './unknown-command.js'

export interface ProgramOptions {
  readonly argv: readonly string[]
  /** Whether the commands come from their TypeScript sources, whatever a former build has left. */
  readonly fromSources: boolean
}

/**
 * Runs one command line with oclif, to the exit code.
 *
 * @param location the URL of a file in the package, from which oclif finds package.json
 */
export async function runProgram(location: string, {argv, fromSources}: ProgramOptions): Promise<void> {
  endOnClosedPipe(process)
  let config: Config | undefined
  try {
    config = await Config.load({root: fileURLToPath(location), ignoreManifest: fromSources})
    await runOclif(arrangeArgv(argv), config)
    await flush()
  } catch (thrown) {
    process.exit(report(thrown, argv, config))
  }
}

/** Shows what no command has shown, and answers the exit code. */
function report(thrown: unknown, argv: readonly string[], config: Config | undefined): number {
  if (thrown instanceof Errors.ExitError) return thrown.oclif.exit ?? exitCodes.done
  const error = recognized(thrown, config)
  if (isReported(error)) return error.exitCode
  const {env} = process
  if (hasFlag(argv, '--json') || isTruthy(env.FARGATE_JSON) || env.FARGATE_CONTENT_TYPE === 'json') {
    process.stdout.write(`${JSON.stringify(failureDocument(error), null, 2)}\n`)
  } else {
    const paint = createPaint(wantsColor(process.stderr, env, hasFlag(argv, '--no-color')))
    process.stderr.write(failureText(error, paint, hasFlag(argv, '--verbose', '-v') || isTruthy(env.FARGATE_VERBOSE)))
  }
  return error.exitCode
}

/** oclif tells an unknown command by the text of its error only: from running one and from showing its help. */
function recognized(thrown: unknown, config: Config | undefined): CliError {
  if (config !== undefined && thrown instanceof Errors.CLIError) {
    const [, id] = /^command (.+?) not found\.?$/i.exec(thrown.message) ?? []
    if (id !== undefined) {
      return unknownCommand(id.trim().replaceAll(' ', ':'), {bin: config.bin, ids: config.commandIDs})
    }
  }
  return cliErrorOf(thrown)
}
