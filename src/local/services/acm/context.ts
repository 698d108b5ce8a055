import type {Clock} from '../../clock.js'
import type {CertificateUsesPort} from '../../ports.js'
import type {Authority} from './authority.js'
import type {AcmStore} from './store.js'

/** What every operation of the service works with. */
export interface AcmContext {
  readonly store: AcmStore
  readonly clock: Clock
  /** Uniform in [0, 1); identifiers are made from it. */
  readonly random: () => number
  readonly uses: CertificateUsesPort
  readonly authority: () => Authority
}
