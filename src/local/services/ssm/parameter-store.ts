import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import {parameterNotFound, versionNotFound} from './faults.js'
import {parseReference} from './names.js'
import type {ParameterRecord, ParameterVersion} from './records.js'

/** One version of a parameter, and how the request selected it. */
export interface FoundVersion {
  readonly parameter: ParameterRecord
  readonly version: ParameterVersion
  readonly selector?: string
}

/** All parameters as plain JSON: by account and region, then by name. */
type ParameterSnapshot = Readonly<Record<string, Readonly<Record<string, ParameterRecord>>>>

/** The parameters of all accounts and regions. */
export class ParameterStore {
  readonly depth = 2
  readonly #parameters = new Map<string, Map<string, ParameterRecord>>()

  snapshot(): ReadonlyMap<string, ReadonlyMap<string, ParameterRecord>> {
    return this.#parameters
  }

  restore(snapshot: unknown): void {
    for (const [key, parameters] of Object.entries(snapshot as ParameterSnapshot)) {
      this.#parameters.set(key, new Map(Object.entries(parameters)))
    }
  }

  /** By name. */
  list(scope: Scope): ParameterRecord[] {
    return [...this.#of(scope).values()].toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }

  find(scope: Scope, name: string): ParameterRecord | undefined {
    return this.#of(scope).get(name)
  }

  add(scope: Scope, parameter: ParameterRecord): void {
    this.#of(scope).set(parameter.name, parameter)
  }

  /** Tells whether there was one. */
  delete(scope: Scope, name: string): boolean {
    return this.#of(scope).delete(name)
  }

  /**
   * The parameter that a request names, by name or ARN, without a version.
   *
   * @throws AwsFault ValidationException, ParameterNotFound
   */
  get(scope: Scope, text: string): ParameterRecord {
    const {name, arn} = parseReference(text)
    const found =
      arn === undefined ? this.find(scope, name) : this.list(scope).find((parameter) => parameter.arn === arn)
    if (found === undefined) throw parameterNotFound()
    return found
  }

  /**
   * The newest version of a parameter, or the one that `name:version` asks for.
   *
   * @throws AwsFault ValidationException, ParameterNotFound, ParameterVersionNotFound
   */
  version(scope: Scope, text: string): FoundVersion {
    const {selector} = parseReference(text)
    const parameter = this.get(scope, text)
    if (selector === undefined) return {parameter, version: newest(parameter)}
    const version = parameter.versions.find((each) => String(each.version) === selector)
    if (version === undefined) throw versionNotFound(parameter.name, selector)
    return {parameter, version, selector: `:${selector}`}
  }

  #of(scope: Scope): Map<string, ParameterRecord> {
    const key = scopeKey(scope)
    const parameters = this.#parameters.get(key) ?? new Map<string, ParameterRecord>()
    this.#parameters.set(key, parameters)
    return parameters
  }
}

export const newest = ({versions}: ParameterRecord): ParameterVersion => versions.at(-1) ?? versions[0]
