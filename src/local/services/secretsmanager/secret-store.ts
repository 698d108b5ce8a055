import type {Clock} from '../../clock.js'
import type {Scope} from '../../scope.js'
import {regionalArn, scopeKey} from '../../scope.js'
import {markedForDeletion, secretNotFound} from './faults.js'
import type {SecretRecord} from './records.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SUFFIX_LENGTH = 6

/** All secrets as plain JSON: by account and region, then by name. */
type SecretSnapshot = Readonly<Record<string, Readonly<Record<string, SecretRecord>>>>

/** The secrets of all accounts and regions. */
export class SecretStore {
  readonly depth = 2
  readonly #secrets = new Map<string, Map<string, SecretRecord>>()
  readonly #clock: Clock
  readonly #random: () => number

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  snapshot(): ReadonlyMap<string, ReadonlyMap<string, SecretRecord>> {
    return this.#secrets
  }

  restore(snapshot: unknown): void {
    for (const [key, secrets] of Object.entries(snapshot as SecretSnapshot)) {
      this.#secrets.set(key, new Map(Object.entries(secrets)))
    }
  }

  now(): number {
    return this.#clock.now()
  }

  /** In the order of their making; those whose recovery window is over are gone. */
  list(scope: Scope): SecretRecord[] {
    const secrets = this.#of(scope)
    for (const [name, {deletion}] of secrets) {
      if (deletion !== undefined && deletion.purgeAt <= this.now()) secrets.delete(name)
    }
    return [...secrets.values()]
  }

  /** By name, by ARN, or by ARN without the six letters at its end. */
  find(scope: Scope, secretId: string): SecretRecord | undefined {
    const partial = regionalArn('secretsmanager', scope, 'secret:')
    const byName = this.list(scope).find(({name}) => name === secretId || partial + name === secretId)
    return byName ?? this.list(scope).find(({arn}) => arn === secretId)
  }

  /** @throws AwsFault ResourceNotFoundException */
  get(scope: Scope, secretId: string): SecretRecord {
    const secret = this.find(scope, secretId)
    if (secret === undefined) throw secretNotFound()
    return secret
  }

  /** @throws AwsFault ResourceNotFoundException; InvalidRequestException for a secret that is to be deleted */
  getActive(scope: Scope, secretId: string): SecretRecord {
    const secret = this.get(scope, secretId)
    if (secret.deletion !== undefined) throw markedForDeletion()
    return secret
  }

  add(scope: Scope, secret: SecretRecord): void {
    this.#of(scope).set(secret.name, secret)
  }

  remove(scope: Scope, secret: SecretRecord): void {
    this.#of(scope).delete(secret.name)
  }

  /** The ARN of a new secret ends in a hyphen and six random letters, so that a second one of a name has another. */
  newArn(scope: Scope, name: string): string {
    const letters = Array.from({length: SUFFIX_LENGTH}, () => LETTERS[Math.floor(this.#random() * LETTERS.length)])
    return regionalArn('secretsmanager', scope, `secret:${name}-${letters.join('')}`)
  }

  /** The id of a version that the request does not name: a UUID. */
  newVersionId(): string {
    const digits = Array.from({length: 32}, () => Math.floor(this.#random() * 16).toString(16)).join('')
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
  }

  #of(scope: Scope): Map<string, SecretRecord> {
    const key = scopeKey(scope)
    const secrets = this.#secrets.get(key) ?? new Map<string, SecretRecord>()
    this.#secrets.set(key, secrets)
    return secrets
  }
}
