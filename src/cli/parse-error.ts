import {stripVTControlCharacters} from 'node:util'
import {CliError, UsageError} from '../errors/errors.js'
import {closest} from './suggestion.js'

/** What oclif's parse errors carry, beside a message made for another place. */
interface ParseErrorFields {
  readonly message: string
  /** Flags that the command does not have. */
  readonly flags?: readonly string[]
  /** Arguments: definitions of missing ones, or texts that are too many. */
  readonly args?: readonly (string | {readonly name: string; readonly description?: string})[]
}

export interface ParsedCommand {
  /** As it is typed: `fargate service scale`. */
  readonly name: string
  readonly flagNames: readonly string[]
}

/** Turns what oclif's parser throws into a UsageError with a short text. */
export function parseErrorOf(error: unknown, command: ParsedCommand): CliError {
  if (error instanceof CliError) {
    // oclif wraps the message of an error that a flag's own parser throws.
    error.message = withoutWrapping(error.message)
    return error
  }
  const fields = error as ParseErrorFields
  const help = `${command.name} --help`
  if (fields.flags !== undefined) return unknownFlags(fields.flags, command)
  if (fields.args !== undefined) return wrongArguments(fields.args, help)
  return new UsageError('USAGE', withFlag(fields.message), {hints: [help], cause: error})
}

function unknownFlags(flags: readonly string[], {name, flagNames}: ParsedCommand): UsageError {
  const suggestions = flags.map((flag) => closest(flag.replace(/=.*$/, ''), flagNames)).filter((flag) => flag)
  const meant = suggestions.length > 0 ? `; did you mean ${suggestions.join(', ')}?` : ''
  return new UsageError('FLAG_UNKNOWN', `unknown flag${flags.length > 1 ? 's' : ''} ${flags.join(', ')}${meant}`, {
    hints: [`${name} --help`],
    details: {flags},
  })
}

function wrongArguments(args: NonNullable<ParseErrorFields['args']>, help: string): UsageError {
  const plural = args.length > 1 ? 's' : ''
  const missing = args.filter((arg) => typeof arg === 'object')
  if (missing.length === 0) {
    return new UsageError('ARGUMENT_UNEXPECTED', `unexpected argument${plural} ${args.join(', ')}`, {hints: [help]})
  }
  const names = missing.map(({name, description}) => name.toUpperCase() + (description ? ` (${description})` : ''))
  return new UsageError('ARGUMENT_MISSING', `missing argument${plural} ${names.join(', ')}`, {hints: [help]})
}

/** oclif's own parsers say what is wrong with a value and not which flag has it, and name a missing flag without dashes. */
function withFlag(message: string): string {
  const [, flag] = /^Parsing (--\S+) \n\t/.exec(stripVTControlCharacters(message)) ?? []
  const problem = withoutWrapping(message).replace(/^missing required flag (?=\w)/, 'missing required flag --')
  return flag === undefined ? problem : `${flag}: ${problem}`
}

/** Leaves the words of the problem itself. */
function withoutWrapping(message: string): string {
  const bare = stripVTControlCharacters(message)
    .replace(/\nSee more help with --help/g, '')
    .replace(/^Parsing --\S+ \n\t/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    // The value adds nothing, may be secret, and is an object where a grammar has read it.
    .replaceAll(/(--[\w-]+)=.*(?= cannot also be provided when using )/g, '$1')
  return bare
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ')
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
