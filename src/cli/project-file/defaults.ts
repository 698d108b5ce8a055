import type {Environment} from '../../output/streams.js'
import type {ProjectFile, ProjectSetting} from './project-file.js'

/** Flags of `KEY=value`, of which a command line may change a single one. */
const joinedByKey = new Set(['env', 'secret', 'tag', 'build-arg'])

/** What of a flag's definition decides whether the file has a say. */
export interface FlagDefinition {
  readonly type: string
  readonly env?: string
  readonly allowNo?: boolean
  readonly exclusive?: unknown
}

/** A flag as it was typed. */
export interface TypedFlag {
  readonly flag: string
  readonly input: string
}

export interface DefaultsOptions {
  /** The flags of the command. */
  readonly flags: Readonly<Record<string, FlagDefinition>>
  readonly typed: readonly TypedFlag[]
  readonly env: Environment
  /** The service that the command is about, where the file's settings for it count. */
  readonly service?: string | undefined
}

/** A setting of the file that counts, as the words that would be typed. */
export interface AppliedSetting extends ProjectSetting {
  readonly words: readonly string[]
}

/**
 * The settings of the project file that count for a command line: those of flags that the command has and that neither
 * the command line nor the environment gives. `KEY=value` settings are joined key by key.
 */
export function projectDefaults(file: ProjectFile, options: DefaultsOptions): AppliedSetting[] {
  const service = options.service === undefined ? [] : (file.services.get(options.service) ?? [])
  return [...file.settings, ...service].flatMap((setting) => {
    const values = valuesThatCount(setting, options)
    const flag = options.flags[setting.flag]
    if (flag === undefined || values.length === 0) return []
    return [{...setting, values, words: values.flatMap((value) => wordsOf(setting.flag, flag, value))}]
  })
}

function valuesThatCount({flag: name, values}: ProjectSetting, {flags, typed, env}: DefaultsOptions) {
  const flag = flags[name]
  if (flag === undefined || (flag.env !== undefined && env[flag.env])) return []
  const others = Array.isArray(flag.exclusive) ? flag.exclusive : []
  if (typed.some((each) => others.includes(each.flag))) return []
  const same = typed.filter((each) => each.flag === name)
  if (same.length === 0) return values
  if (!joinedByKey.has(name)) return []
  const taken = new Set(same.map(({input}) => keyOf(input)))
  return values.filter((value) => !taken.has(keyOf(value)))
}

const keyOf = (value: string): string => value.split('=', 1)[0] ?? value

function wordsOf(name: string, flag: FlagDefinition, value: string): readonly string[] {
  if (flag.type !== 'boolean') return [`--${name}=${value}`]
  if (value === 'true') return [`--${name}`]
  return flag.allowNo ? [`--no-${name}`] : []
}
