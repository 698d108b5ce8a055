import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import type {StatePart} from '../../state/part.js'
import type {CertificateRecord} from './records.js'

type AcmSnapshot = Readonly<Record<string, Readonly<Record<string, CertificateRecord>>>>

/** All certificates, by account and region. */
export class AcmStore implements StatePart {
  readonly depth = 2
  readonly #scopes = new Map<string, Map<string, CertificateRecord>>()

  of(scope: Scope): Map<string, CertificateRecord> {
    const key = scopeKey(scope)
    const records = this.#scopes.get(key) ?? new Map<string, CertificateRecord>()
    this.#scopes.set(key, records)
    return records
  }

  /** @throws AwsFault InvalidArnException or ResourceNotFoundException */
  find(scope: Scope, arn: string | undefined): CertificateRecord {
    if (arn === undefined || !/^arn:[\w-]+:acm:[\w-]*:\d+:certificate\/.+$/.test(arn)) {
      throw new AwsFault('InvalidArnException', `Invalid arn: ${arn}`)
    }
    const record = this.of(scope).get(arn)
    if (record === undefined) throw new AwsFault('ResourceNotFoundException', `Could not find certificate ${arn}.`)
    return record
  }

  *entries(): Iterable<{readonly scope: Scope; readonly record: CertificateRecord}> {
    for (const [key, records] of this.#scopes) {
      const [account = '', region = ''] = key.split('/')
      for (const record of records.values()) yield {scope: {account, region}, record}
    }
  }

  snapshot(): ReadonlyMap<string, ReadonlyMap<string, CertificateRecord>> {
    return this.#scopes
  }

  restore(snapshot: unknown): void {
    for (const [key, records] of Object.entries(snapshot as AcmSnapshot)) {
      this.#scopes.set(key, new Map(Object.entries(records)))
    }
  }
}
