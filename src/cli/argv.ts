import {UsageError} from '../errors/errors.js'
import {shown} from '../lib/whole-number.js'
import {globalFlags} from './global-flags.js'

interface FlagShape {
  readonly type: string
  readonly char?: string | undefined
  readonly allowNo?: boolean
}

const negativeNumber = /^-\d/

/**
 * Brings a command line into the order that oclif understands: the command first, then the global flags that stood
 * before or within it (`--local service list`). `help service list` becomes `service list --help`. Nothing behind the
 * first flag of the command itself, or behind `--`, is moved.
 */
export function arrangeArgv(argv: readonly string[]): string[] {
  const words: string[] = []
  const flags: string[] = []
  let index = 0
  for (; index < argv.length; index++) {
    const token = argv[index] as string
    if (!token.startsWith('-') || negativeNumber.test(token)) {
      words.push(token)
      continue
    }
    const flag = globalFlag(token)
    if (flag === undefined) break
    flags.push(token)
    if (flag.takesValue && index + 1 < argv.length) flags.push(argv[++index] as string)
  }
  const rest = argv.slice(index)
  if (words[0] === 'help') return [...words.slice(1), '--help', ...flags, ...rest]
  if (words.length > 0) return [...words, ...flags, ...rest]
  return rest.length > 0 ? [...rest, ...flags] : []
}

function globalFlag(token: string): {takesValue: boolean} | undefined {
  for (const [name, flag] of Object.entries<FlagShape>(globalFlags)) {
    if (token.startsWith(`--${name}=`)) return {takesValue: false}
    if (token === `--${name}` || (flag.char !== undefined && token === `-${flag.char}`)) {
      return {takesValue: flag.type === 'option'}
    }
  }
  return undefined
}

/**
 * Rewrites `--flag=true` and `--flag=false` of boolean flags, which oclif takes for a flag and an argument.
 * `--flag=false` becomes `--no-flag` where there is one, and is left out where false is what the flag is without it.
 *
 * @throws UsageError for another value
 */
export function spellOutBooleans(argv: readonly string[], flags: Readonly<Record<string, FlagShape>>): string[] {
  const end = argv.indexOf('--')
  const options = end === -1 ? argv : argv.slice(0, end)
  const rewritten = options.flatMap((token) => {
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(token) ?? []
    const flag = flags[name]
    if (flag?.type !== 'boolean') return [token]
    if (value === 'true') return [`--${name}`]
    if (value === 'false') return flag.allowNo ? [`--no-${name}`] : []
    throw new UsageError('VALUE_INVALID', `--${name}: ${shown(value)} is neither true nor false`)
  })
  return end === -1 ? rewritten : [...rewritten, ...argv.slice(end)]
}

/** Whether a boolean flag is on, for what happens before and beside oclif's own parsing. */
export function hasFlag(argv: readonly string[], ...spellings: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).some((token) => spellings.includes(token))
}
