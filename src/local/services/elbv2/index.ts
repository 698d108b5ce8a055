import {ElasticLoadBalancingV2Client} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {Balancer} from '../../balancer/balancer.js'
import {createBalancer} from '../../balancer/balancer.js'
import type {CheckedEndpoint} from '../../balancer/health-checks.js'
import type {Topology} from '../../balancer/model.js'
import {closableClock} from '../../balancer/timers.js'
import type {Clock} from '../../clock.js'
import type {
  CertificatesPort,
  CertificateUsesPort,
  LoadBalancerNamesPort,
  NetworkPort,
  TargetGroupsPort,
} from '../../ports.js'
import type {StatePart} from '../../state/part.js'
import type {TaskRuntime} from '../../task-runtime.js'
import type {LocalService} from '../../wire/service.js'
import {materialOf} from './certificate-lookup.js'
import {certificateOperations} from './certificates.js'
import type {Elbv2Context} from './context.js'
import {listenerAttributeOperations} from './listener-attributes.js'
import {listenerOperations} from './listeners.js'
import {loadBalancerNames} from './load-balancer-names.js'
import {loadBalancerSettingOperations} from './load-balancer-settings.js'
import {loadBalancerOperations} from './load-balancers.js'
import {resume} from './resumption.js'
import {ruleOperations} from './rules.js'
import {sslPolicyOperations} from './ssl-policies.js'
import {Elbv2Store} from './store.js'
import {tagOperations} from './tags.js'
import {targetGroupOperations} from './target-groups.js'
import {createTargetGroupsPort} from './target-groups-port.js'
import {targetOperations} from './targets.js'

export interface Elbv2Options {
  readonly clock: Clock
  readonly network: NetworkPort
  readonly certificates: CertificatesPort
  /** Where requests to the address of a task go. */
  readonly connect: TaskRuntime['connect']
  /** Uniform in [0, 1); identifiers are made from it. */
  readonly random: () => number
  /** Whether load balancers listen on loopback. */
  readonly listen: boolean
  /** What health checks meet in place of targets; the targets themselves where it is not given. */
  readonly checkedEndpoint?: CheckedEndpoint
  /** Called whenever a record may have changed. */
  readonly onChange?: () => void
}

export interface Elbv2 {
  readonly service: LocalService
  readonly targetGroups: TargetGroupsPort
  readonly certificateUses: CertificateUsesPort
  readonly balancer: Balancer
  /** The records as they are now, for a status page; not to be changed. */
  readonly topology: Topology
  readonly loadBalancerNames: LoadBalancerNamesPort
  /** To be restored before anything else is done, and once certificates and network are back. */
  readonly state: StatePart
  /** Closes every socket and calls off whatever waits on the clock. */
  close(): Promise<void>
}

/** Elastic Load Balancing v2: its API, and load balancers that work. */
export function createElbv2(options: Elbv2Options): Elbv2 {
  const clock = closableClock(options.clock)
  const store = new Elbv2Store()
  const certificate = (arn: string) => materialOf(options.certificates, arn)
  const balancer = createBalancer({...options, clock, topology: store, certificate, onRecord: options.onChange})
  const context: Elbv2Context = {
    store,
    clock,
    network: options.network,
    certificates: options.certificates,
    random: options.random,
    changed() {
      balancer.refresh()
      options.onChange?.()
    },
  }
  return {
    service: {
      signingName: 'elasticloadbalancing',
      client: ElasticLoadBalancingV2Client,
      operations: [
        ...loadBalancerOperations(context),
        ...loadBalancerSettingOperations(context),
        ...targetGroupOperations(context),
        ...targetOperations(context),
        ...listenerOperations(context),
        ...listenerAttributeOperations(context),
        ...certificateOperations(context),
        ...sslPolicyOperations(),
        ...ruleOperations(context),
        ...tagOperations(context),
      ],
    },
    targetGroups: createTargetGroupsPort(context),
    certificateUses: {usersOf: (scope, arn) => store.usersOfCertificate(scope, arn)},
    balancer,
    topology: store,
    loadBalancerNames: loadBalancerNames(store),
    state: {
      depth: store.depth,
      snapshot: () => store.snapshot(),
      restore(snapshot) {
        store.restore(snapshot)
        resume(context)
      },
    },
    async close() {
      clock.close()
      await balancer.close()
    },
  }
}
