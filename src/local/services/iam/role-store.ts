import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import type {Scope} from '../../scope.js'
import {globalArn, partitionOf} from '../../scope.js'
import type {StatePart} from '../../state/part.js'
import {noSuchEntity, unmodifiable} from './faults.js'
import type {RoleRecord} from './records.js'

type NewRole = Pick<RoleRecord, 'roleName' | 'path' | 'trustPolicy' | 'maxSessionDuration'> & Partial<RoleRecord>

/** The roles of all accounts. IAM has no regions, but its accounts are apart between partitions. */
export class RoleStore implements StatePart {
  readonly depth = 2
  /** By account, and in it by the name in small letters: names differ in more than case. */
  readonly #roles = new Map<string, Map<string, RoleRecord>>()
  readonly #clock: Clock
  readonly #random: () => number

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  snapshot(): ReadonlyMap<string, ReadonlyMap<string, RoleRecord>> {
    return this.#roles
  }

  restore(snapshot: unknown): void {
    for (const [key, roles] of Object.entries(snapshot as Record<string, Record<string, RoleRecord>>)) {
      this.#roles.set(key, new Map(Object.entries(roles)))
    }
  }

  /** The roles of an account, by path and name. */
  list(scope: Scope): RoleRecord[] {
    const key = ({path, roleName}: RoleRecord) => path + roleName
    return [...this.#of(scope).values()].toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  }

  find(scope: Scope, roleName: string): RoleRecord | undefined {
    const role = this.#of(scope).get(roleName.toLowerCase())
    return role?.roleName === roleName ? role : undefined
  }

  /** @throws AwsFault NoSuchEntity */
  get(scope: Scope, roleName: string): RoleRecord {
    const role = this.find(scope, roleName)
    if (role === undefined) throw noSuchEntity(`The role with name ${roleName} cannot be found.`)
    return role
  }

  /** @throws AwsFault NoSuchEntity; UnmodifiableEntity for a service-linked role. */
  getModifiable(scope: Scope, roleName: string): RoleRecord {
    const role = this.get(scope, roleName)
    if (role.linkedService !== undefined) throw unmodifiable(roleName)
    return role
  }

  /** @throws AwsFault EntityAlreadyExists */
  add(scope: Scope, role: NewRole): RoleRecord {
    const roles = this.#of(scope)
    if (roles.has(role.roleName.toLowerCase())) {
      throw new AwsFault('EntityAlreadyExists', `Role with name ${role.roleName} already exists.`)
    }
    const record: RoleRecord = {
      roleId: this.#newId('AROA'),
      arn: globalArn('iam', scope, `role${role.path}${role.roleName}`),
      createdAt: this.#clock.now(),
      tags: [],
      attachedPolicies: [],
      inlinePolicies: {},
      ...role,
    }
    roles.set(role.roleName.toLowerCase(), record)
    return record
  }

  delete(scope: Scope, role: RoleRecord): void {
    this.#of(scope).delete(role.roleName.toLowerCase())
  }

  /** IAM's unique ids are four letters for the kind and 17 of a base-32 alphabet. */
  #newId(kind: string): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    return kind + Array.from({length: 17}, () => alphabet[Math.floor(this.#random() * 32)]).join('')
  }

  #of({account, region}: Scope): Map<string, RoleRecord> {
    const key = `${partitionOf(region)}/${account}`
    const roles = this.#roles.get(key) ?? new Map<string, RoleRecord>()
    this.#roles.set(key, roles)
    return roles
  }
}
