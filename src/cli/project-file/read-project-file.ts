import {readFile} from 'node:fs/promises'
import type {Pair, Scalar, YAMLMap} from 'yaml'
import {isMap, isScalar, isSeq, LineCounter, parseDocument} from 'yaml'
import {UsageError} from '../../errors/errors.js'
import {closest} from '../suggestion.js'
import type {ProjectFile, ProjectSetting} from './project-file.js'
import type {SettingShape} from './service-settings.js'
import {globalSettings, serviceSettings} from './service-settings.js'

/**
 * Reads a project file. Scalars are taken as they are written, so that `1.10` stays `1.10`.
 *
 * @throws UsageError PROJECT_FILE_INVALID naming the file, the line and the rule
 */
export async function readProjectFile(path: string): Promise<ProjectFile> {
  const lines = new LineCounter()
  const document = parseDocument(await read(path), {lineCounter: lines, prettyErrors: false, schema: 'core'})
  const reader = new Reader(path, lines)
  const [error] = document.errors
  if (error !== undefined) reader.refuse(error.pos[0], error.message)
  const top = document.contents
  if (top === null || (isScalar(top) && top.value === null)) return {path, settings: [], services: new Map()}
  if (!isMap(top)) return reader.refuse(0, 'it must be a mapping with keys such as cluster and services')

  const settings: ProjectSetting[] = []
  const services = new Map<string, readonly ProjectSetting[]>()
  for (const pair of top.items) {
    const key = reader.key(pair, [...Object.keys(globalSettings), 'services'])
    if (key !== 'services') settings.push(reader.setting(pair, key, globalSettings[key]))
    else for (const [name, values] of reader.services(pair)) services.set(name, values)
  }
  return {path, settings, services}
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UsageError('PROJECT_FILE_UNREADABLE', `cannot read ${path}: ${code ?? message}`, {cause: error})
  }
}

class Reader {
  readonly #path: string
  readonly #lines: LineCounter

  constructor(path: string, lines: LineCounter) {
    this.#path = path
    this.#lines = lines
  }

  refuse(offset: number, problem: string): never {
    throw new UsageError('PROJECT_FILE_INVALID', `${this.#path}:${this.#line(offset)}: ${problem}`)
  }

  /** The key of an entry, which must be one of those that are known, or any where none are given. */
  key(pair: Pair, known?: readonly string[]): string {
    const key = isScalar(pair.key) ? textOf(pair.key) : undefined
    if (key === undefined || key === '') return this.refuse(startOf(pair.key), 'a key must be a word')
    if (known === undefined || known.includes(key)) return key
    const meant = closest(key, known)
    const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`
    return this.refuse(startOf(pair.key), `unknown key ${JSON.stringify(key)}; ${hint}`)
  }

  *services(pair: Pair): Iterable<[string, readonly ProjectSetting[]]> {
    for (const service of this.#map(pair, 'services').items) {
      const name = this.key(service)
      const settings = this.#map(service, `services.${name}`).items.map((entry) => {
        const flag = this.key(entry, Object.keys(serviceSettings))
        return this.setting(entry, flag, serviceSettings[flag])
      })
      yield [name, settings]
    }
  }

  setting(pair: Pair, flag: string, shape: SettingShape | undefined): ProjectSetting {
    const line = this.#line(startOf(pair.key))
    return {flag, line, values: this.#values(pair, flag, shape ?? {})}
  }

  #values({key, value}: Pair, flag: string, {isBoolean = false, isRepeatable = false}: SettingShape): string[] {
    if (isScalar(value) && value.value !== null) {
      const text = textOf(value)
      if (isBoolean && text !== 'true' && text !== 'false') this.refuse(startOf(value), `${flag} is true or false`)
      return [text]
    }
    if (isRepeatable && isSeq(value)) return value.items.map((item) => this.#scalar(item, flag))
    if (isRepeatable && isMap(value)) {
      return value.items.map((pair) => `${this.key(pair)}=${this.#scalar(pair.value, flag)}`)
    }
    return this.refuse(startOf(value ?? key), isRepeatable ? `${flag} needs values` : `${flag} needs one value`)
  }

  #scalar(node: unknown, flag: string): string {
    if (isScalar(node) && node.value !== null) return textOf(node)
    return this.refuse(startOf(node), `a value of ${flag} must be a text or a number`)
  }

  #map({key, value}: Pair, what: string): YAMLMap {
    if (isMap(value)) return value
    return this.refuse(startOf(value ?? key), `${what} must be a mapping`)
  }

  #line(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line)
  }
}

/** Numbers and booleans as they are written. */
const textOf = (scalar: Scalar): string =>
  typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value))

function startOf(node: unknown): number {
  const {range} = (node ?? {}) as {range?: readonly [number, ...number[]] | null}
  return range?.[0] ?? 0
}
