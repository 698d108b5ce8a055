import {ACMClient} from '@aws-sdk/client-acm'
import {closableClock} from '../../balancer/timers.js'
import type {Clock} from '../../clock.js'
import type {CertificatesPort, CertificateUsesPort, DnsPort} from '../../ports.js'
import type {StatePart} from '../../state/part.js'
import type {LocalService} from '../../wire/service.js'
import {authorityOf} from './authority.js'
import {certificateOperations} from './certificates.js'
import type {AcmContext} from './context.js'
import {newSerial} from './identifiers.js'
import {importOperation} from './import.js'
import {listOperation} from './listing.js'
import {requestOperation} from './request.js'
import {AcmStore} from './store.js'
import {tagOperations} from './tags.js'
import {Validation} from './validation.js'
import {statusOf} from './views.js'

export interface AcmOptions {
  readonly clock: Clock
  /** Uniform in [0, 1); identifiers are made from it. */
  readonly random: () => number
  readonly dns: DnsPort
  readonly uses: CertificateUsesPort
  /** Where the authority is kept that signs certificates; in memory where it is not given. */
  readonly authorityFolder?: string | undefined
}

export interface Acm {
  readonly service: LocalService
  readonly certificates: CertificatesPort
  /** Private keys are in it. To be restored before anything else is done. */
  readonly state: StatePart
  close(): void
}

/** AWS Certificate Manager: certificates that are imported, or requested and validated by DNS. */
export function createAcm(options: AcmOptions): Acm {
  const {random, dns, uses, authorityFolder} = options
  const clock = closableClock(options.clock)
  const store = new AcmStore()
  const authority = authorityOf({folder: authorityFolder, now: () => clock.now(), newSerial: () => newSerial(random)})
  const context: AcmContext = {store, clock, random, uses, authority}
  const validation = new Validation(context, dns)
  return {
    service: {
      signingName: 'acm',
      client: ACMClient,
      operations: [
        requestOperation(context, () => validation.wake()),
        importOperation(context),
        ...certificateOperations(context),
        listOperation(context),
        ...tagOperations(context),
      ],
    },
    certificates: {
      find(scope, arn) {
        const record = store.of(scope).get(arn)
        return record && {status: statusOf(record, clock.now()), ...record.material}
      },
    },
    state: {
      depth: store.depth,
      snapshot: () => store.snapshot(),
      restore(snapshot) {
        store.restore(snapshot)
        validation.wake()
      },
    },
    close: () => clock.close(),
  }
}
