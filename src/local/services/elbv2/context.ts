import type {Clock} from '../../clock.js'
import type {CertificatesPort, NetworkPort} from '../../ports.js'
import type {Elbv2Store} from './store.js'

/** What every operation of the service works with. */
export interface Elbv2Context {
  readonly store: Elbv2Store
  readonly clock: Clock
  readonly network: NetworkPort
  readonly certificates: CertificatesPort
  /** Uniform in [0, 1); identifiers are made from it. */
  readonly random: () => number
  /** Tells the balancer that load balancers, listeners or targets have changed. */
  readonly changed: () => void
}
