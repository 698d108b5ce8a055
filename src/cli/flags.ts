import type {Interfaces} from '@oclif/core'
import {Args, Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {parseDuration} from '../lib/duration.js'
import type {Parsed} from '../lib/parsed.js'

type Parser<Value> = (text: string) => Parsed<Value>

/**
 * What a grammar has read.
 *
 * @throws UsageError that names the flag or argument
 */
export function required<Value>(parsed: Parsed<Value>, name: string): Value {
  if (parsed.ok) return parsed.value
  throw new UsageError('VALUE_INVALID', `${name}: ${parsed.problem}`)
}

type One = {multiple: false; requiredOrDefaulted: false}

/**
 * A flag whose value follows a grammar.
 *
 * @example port: parsedFlag(parsePort)({char: 'p', description: 'port of the container'})
 */
export function parsedFlag<Value>(parser: Parser<Value>): Interfaces.FlagDefinition<Value, object, One> {
  const parse = async (text: string, _: unknown, {name}: {name: string}) => required(parser(text), `--${name}`)
  // oclif's types exclude values that are arrays, which its parser passes on like any other.
  return Flags.custom({parse: parse as never}) as unknown as Interfaces.FlagDefinition<Value, object, One>
}

/** An argument whose value follows a grammar. */
export const parsedArg = <Value>(parser: Parser<Value>) =>
  Args.custom<Value>({parse: async (text, _, {name}) => required(parser(text), name.toUpperCase())})

/** A flag that can be repeated and takes several values with commas between them: `-p 80,443 -p 8080`. */
export const listFlag = <Value>(parser: Parser<Value>) =>
  Flags.custom<Value>({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    parse: async (text, _, {name}) => {
      if (text === '') throw new UsageError('VALUE_INVALID', `--${name}: a value is empty`)
      return required(parser(text), `--${name}`)
    },
  })

/** A repeatable flag with commas between its values, each of them any text. */
export const textListFlag = listFlag((text) => ({ok: true, value: text}))

/** A repeatable flag whose values may hold commas. */
export const repeatableFlag = <Value>(parser: Parser<Value>) =>
  Flags.custom<Value>({
    multiple: true,
    multipleNonGreedy: true,
    parse: async (text, _, {name}) => required(parser(text), `--${name}`),
  })

/** A length of time, in milliseconds: `90s`, `10m`, `1h30m`. */
export const durationFlag = parsedFlag(parseDuration)

const twentyMinutesMs = 20 * 60_000

/** A flag that says yes, no (`--no-…`), or nothing at all: what it is about stays as it is. */
export const yesNoFlag = (options: {readonly description: string; readonly helpGroup?: string}) =>
  Flags.boolean<boolean | undefined>({...options, allowNo: true, default: undefined as never})

/** For commands that wait until AWS has done it. */
export const waitFlags = {
  wait: Flags.boolean({description: 'wait until it is done; --no-wait returns at once', default: true, allowNo: true}),
  timeout: durationFlag({
    description: 'how long to wait, e.g. 90s or 10m',
    helpValue: '<duration>',
    default: twentyMinutesMs,
    defaultHelp: async () => '20m',
  }),
}

/** For commands that list tasks. */
export const allTasksFlag = {
  all: Flags.boolean({
    char: 'a',
    description: 'list tasks that have stopped too, with their reasons; ECS forgets them after about an hour',
  }),
}

/** For commands that ask before they destroy. */
export const yesFlag = {yes: Flags.boolean({char: 'y', description: 'do not ask for confirmation'})}

/** For commands that can show what they would do. */
export const dryRunFlag = {'dry-run': Flags.boolean({description: 'show what would be done, and do nothing'})}

/** For commands that can go on against a warning; each says what is forced. */
export const forceFlag = (description: string) => ({force: Flags.boolean({description})})

/** For commands that change one container of a task definition. */
export const containerFlag = {
  container: Flags.string({
    description:
      'container that is meant, where the tasks have several; otherwise the one of the load balancer or service',
    helpValue: '<name>',
  }),
}
