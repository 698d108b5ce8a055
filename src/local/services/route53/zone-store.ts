import type {ChangeInfo} from '@aws-sdk/client-route-53'
import type {Clock} from '../../clock.js'
import type {Scope} from '../../scope.js'
import {partitionOf} from '../../scope.js'
import {noSuchChange, noSuchZone} from './faults.js'
import type {ChangeRecord, ZoneRecord} from './records.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
/** How long a change takes to reach all name servers: usually within 60 seconds. */
const PROPAGATION_MS = 30_000
/** AWS forgets changes at some time; here after a day. */
const CHANGE_RETENTION_MS = 24 * 60 * 60 * 1000

interface AccountZones {
  readonly zones: Map<string, ZoneRecord>
  readonly changes: Map<string, ChangeRecord>
}

/** All zones and changes as plain JSON: by partition and account, then by kind and id. */
type ZoneSnapshot = Readonly<
  Record<
    string,
    {
      readonly zones?: Readonly<Record<string, ZoneRecord>>
      readonly changes?: Readonly<Record<string, ChangeRecord>>
    }
  >
>

/** The hosted zones of all accounts. Route 53 has no regions, but its accounts are apart between partitions. */
export class ZoneStore {
  readonly depth = 3
  readonly #accounts = new Map<string, AccountZones>()
  readonly #clock: Clock
  readonly #random: () => number

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  snapshot(): ReadonlyMap<string, AccountZones> {
    return this.#accounts
  }

  restore(snapshot: unknown): void {
    for (const [key, {zones = {}, changes = {}}] of Object.entries(snapshot as ZoneSnapshot)) {
      this.#accounts.set(key, {zones: new Map(Object.entries(zones)), changes: new Map(Object.entries(changes))})
    }
  }

  /** In the order of their ids, which pages follow. */
  list(scope: Scope): ZoneRecord[] {
    return [...this.#of(scope).zones.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  }

  /** @throws AwsFault NoSuchHostedZone */
  get(scope: Scope, id: string): ZoneRecord {
    const zone = this.#of(scope).zones.get(id)
    if (zone === undefined) throw noSuchZone(id)
    return zone
  }

  add(scope: Scope, zone: Omit<ZoneRecord, 'id'>): ZoneRecord {
    const added = {id: this.#newId('Z0'), ...zone}
    this.#of(scope).zones.set(added.id, added)
    return added
  }

  remove(scope: Scope, {id}: ZoneRecord): void {
    this.#of(scope).zones.delete(id)
  }

  /** Notes a change that is now on its way to the name servers. */
  submit(scope: Scope, comment?: string): ChangeInfo {
    const {changes} = this.#of(scope)
    const now = this.#clock.now()
    for (const [id, {submittedAt}] of changes) if (submittedAt < now - CHANGE_RETENTION_MS) changes.delete(id)
    const change = {id: this.#newId('C0'), submittedAt: now, ...(comment !== undefined && {comment})}
    changes.set(change.id, change)
    return this.change(scope, change.id)
  }

  /** @throws AwsFault NoSuchChange */
  change(scope: Scope, id: string): ChangeInfo {
    const change = this.#of(scope).changes.get(id)
    if (change === undefined) throw noSuchChange()
    return {
      Id: `/change/${change.id}`,
      Status: this.#clock.now() - change.submittedAt < PROPAGATION_MS ? 'PENDING' : 'INSYNC',
      SubmittedAt: new Date(change.submittedAt),
      ...(change.comment !== undefined && {Comment: change.comment}),
    }
  }

  /** The four name servers of a new zone, each in another domain. */
  newNameServers(): string[] {
    const domains = ['com', 'net', 'org', 'co.uk']
    return domains.map((domain, index) => {
      const number = index * 512 + Math.floor(this.#random() * 512)
      const set = String(Math.floor(this.#random() * 64)).padStart(2, '0')
      return `ns-${number}.awsdns-${set}.${domain}`
    })
  }

  #newId(prefix: string): string {
    const letters = Array.from({length: 19}, () => LETTERS[Math.floor(this.#random() * LETTERS.length)])
    return prefix + letters.join('')
  }

  #of({account, region}: Scope): AccountZones {
    const key = `${partitionOf(region)}/${account}`
    const zones = this.#accounts.get(key) ?? {zones: new Map(), changes: new Map()}
    this.#accounts.set(key, zones)
    return zones
  }
}
