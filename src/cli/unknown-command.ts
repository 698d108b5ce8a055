import {CliError, UsageError} from '../errors/errors.js'
import {exitCodes} from '../errors/exit-codes.js'
import {closest} from './suggestion.js'

/** No command has this name. */
class UnknownCommandError extends CliError {
  override readonly exitCode = exitCodes.unknownCommand
}

export interface Commands {
  /** How the program is called. */
  readonly bin: string
  /** Ids as oclif has them: `service:list`. */
  readonly ids: readonly string[]
}

const typed = (id: string): string => id.replaceAll(':', ' ')

/**
 * The error for an id that oclif cannot find. It takes the words behind a command without arguments as parts of the id,
 * and a flag in front of everything as the id.
 */
export function unknownCommand(id: string, {bin, ids}: Commands): CliError {
  if (id.startsWith('-')) {
    return new UsageError('FLAG_UNKNOWN', `unknown flag ${id} before a command`, {hints: [`${bin} --help`]})
  }
  const command = ids.find((known) => id.startsWith(`${known}:`))
  if (command !== undefined) {
    const rest = typed(id.slice(command.length + 1))
    return new UsageError('ARGUMENT_UNEXPECTED', `${bin} ${typed(command)} takes no argument: ${rest}`, {
      hints: [`${bin} ${typed(command)} --help`],
    })
  }
  const suggestion = suggest(id, ids)
  const message = `${bin} ${typed(id)} is no command${suggestion ? `; did you mean ${bin} ${suggestion}?` : ''}`
  const topic = id.split(':')[0] ?? ''
  const help = ids.some((known) => known.startsWith(`${topic}:`)) ? `${bin} ${topic} --help` : `${bin} --help`
  return new UnknownCommandError('COMMAND_UNKNOWN', message, {
    hints: [help],
    details: {command: typed(id), ...(suggestion !== undefined && {suggestion})},
  })
}

/** Words behind the command may be its arguments, so each beginning of what was typed is a candidate. */
function suggest(id: string, ids: readonly string[]): string | undefined {
  const words = id.split(':')
  const topics = ids.flatMap((known) =>
    known
      .split(':')
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1)),
  )
  const names = [...new Set([...ids.map(typed), ...topics.map((parts) => parts.join(' '))])]
  for (let length = words.length; length > 0; length--) {
    const found = closest(words.slice(0, length).join(' '), names)
    if (found !== undefined && found !== words.slice(0, length).join(' ')) return found
  }
  return undefined
}
