import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A flag, as the manifest of the program has it. */
export interface FlagShape {
  readonly name: string
  readonly type: 'option' | 'boolean'
  readonly char?: string
  readonly description?: string
  readonly options?: readonly string[]
  readonly multiple?: boolean
  readonly delimiter?: string
  readonly allowNo?: boolean
  readonly hidden?: boolean
  readonly exclusive?: readonly string[]
  readonly helpGroup?: string
}

export interface ArgumentShape {
  readonly name: string
  readonly description?: string
  readonly options?: readonly string[]
}

export interface CommandShape {
  /** `service:env:set` */
  readonly id: string
  readonly summary?: string
  readonly hidden?: boolean
  readonly args: Readonly<Record<string, ArgumentShape>>
  readonly flags: Readonly<Record<string, FlagShape>>
}

interface Topic {
  readonly description?: string
  readonly subtopics?: Readonly<Record<string, Topic>>
}

/** The commands of the program and what they take. */
export interface Program {
  /** By id. */
  readonly commands: Readonly<Record<string, CommandShape>>
  /** The description of each topic, by id: `service:env`. */
  readonly topics: ReadonlyMap<string, string>
  /** The flags that every command has. */
  readonly globalFlags: Readonly<Record<string, FlagShape>>
}

/**
 * Reads what the program takes from its manifest, without loading a command or oclif.
 *
 * @param folder that of package.json
 * @throws the error of the system where the program was never built
 */
export function readProgram(folder: string): Program {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const {oclif} = read('package.json') as {oclif: {topics?: Topic['subtopics']}}
  const {commands} = read('oclif.manifest.json') as Pick<Program, 'commands'>
  return createProgram(commands, oclif.topics ?? {})
}

/** @param topics as package.json has them */
export function createProgram(commands: Program['commands'], topics: NonNullable<Topic['subtopics']>): Program {
  const [first] = Object.values(commands)
  const globals = Object.entries(first?.flags ?? {}).filter(([, {helpGroup}]) => helpGroup === 'GLOBAL')
  return {commands, topics: new Map(describedTopics(topics)), globalFlags: Object.fromEntries(globals)}
}

function describedTopics(topics: NonNullable<Topic['subtopics']>, above = ''): [string, string][] {
  return Object.entries(topics).flatMap(([name, {description = '', subtopics = {}}]) => [
    [`${above}${name}`, description],
    ...describedTopics(subtopics, `${above}${name}:`),
  ])
}
