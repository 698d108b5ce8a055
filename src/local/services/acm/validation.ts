import type {Timer} from '../../clock.js'
import type {DnsPort} from '../../ports.js'
import type {Scope} from '../../scope.js'
import type {AcmContext} from './context.js'
import {issue} from './issuing.js'
import type {CertificateRecord} from './records.js'

/** How often ACM looks for the records that prove the ownership of domains. */
const LOOK_MS = 30_000
/** After 72 hours without them it gives up. */
const PATIENCE_MS = 72 * 3_600_000

/** Issues certificates some time after the records of all their domains are there. */
export class Validation {
  readonly #context: AcmContext
  readonly #dns: DnsPort
  #timer: Timer | undefined

  constructor(context: AcmContext, dns: DnsPort) {
    this.#context = context
    this.#dns = dns
  }

  /** To be called when a certificate may have to be validated. */
  wake(): void {
    if (this.#timer !== undefined) return
    const pending = [...this.#context.store.entries()].some(({record}) => record.status === 'PENDING_VALIDATION')
    if (!pending) return
    this.#timer = this.#context.clock.after(LOOK_MS, () => {
      this.#timer = undefined
      for (const {scope, record} of this.#context.store.entries()) this.#look(scope, record)
      this.wake()
    })
  }

  #look(scope: Scope, record: CertificateRecord): void {
    if (record.status !== 'PENDING_VALIDATION') return
    const {clock, authority, random} = this.#context
    if (record.validationMethod === 'DNS') {
      for (const validation of record.validations) {
        const {name, value} = validation.record
        if (this.#dns.hasRecord(scope, name, 'CNAME', value)) validation.status = 'SUCCESS'
      }
    }
    if (record.validations.every(({status}) => status === 'SUCCESS')) {
      record.material = issue({record, authority: authority(), now: clock.now(), random})
      record.issuedAt = clock.now()
      record.status = 'ISSUED'
    } else if (clock.now() - record.createdAt >= PATIENCE_MS) {
      for (const validation of record.validations) {
        if (validation.status === 'PENDING_VALIDATION') validation.status = 'FAILED'
      }
      record.status = 'VALIDATION_TIMED_OUT'
    }
  }
}
