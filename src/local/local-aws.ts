import type {Clock} from './clock.js'
import {createContainerSecrets} from './container-secrets.js'
import type {OperationCatalog} from './faults/index.js'
import {FaultPlan, faultHooks} from './faults/index.js'
import type {Registry} from './registry/registry.js'
import {createRegistry} from './registry/registry.js'
import {createSimulatedRuntime} from './runtime/simulated/index.js'
import {createAcm} from './services/acm/index.js'
import {createEc2} from './services/ec2/index.js'
import {createEcrService} from './services/ecr/service.js'
import {createEcs} from './services/ecs/index.js'
import {createElbv2} from './services/elbv2/index.js'
import {createIam} from './services/iam/index.js'
import {createLogs} from './services/logs/index.js'
import {createRoute53} from './services/route53/index.js'
import {createSecretsManager} from './services/secretsmanager/index.js'
import {createSsm} from './services/ssm/index.js'
import {createSts} from './services/sts/index.js'
import {markingClock, markingPort} from './state/marking.js'
import type {StateParts} from './state/part.js'
import {RandomSequence} from './state/random-sequence.js'
import {savedCalls} from './state/saved-calls.js'
import type {StateSaver} from './state/saver.js'
import type {TaskRuntime} from './task-runtime.js'
import type {Wire} from './wire/wire.js'
import {createWire} from './wire/wire.js'
import type {WireOptions} from './wire/wire-options.js'

export interface LocalAwsOptions extends Pick<WireOptions, 'onStart' | 'onEnd' | 'before' | 'onError'> {
  readonly clock: Clock
  /** Makes all ids and faults the same from run to run; taken from the clock where it is not given. */
  readonly seed?: number
  /** Host and port of the server: where docker reaches the registry. */
  readonly host: () => string
  /** Where pushed layers are kept; in memory where it is not given. */
  readonly blobsFolder?: string
  /** Where the authority is kept that signs certificates of ACM; in memory where it is not given. */
  readonly authorityFolder?: string
  /** Whether load balancers listen on loopback. */
  readonly listen: boolean
  /** Keeps what is there for the next run, and has what an earlier one left; nothing outlives a run without it. */
  readonly saver?: StateSaver
  /** Where earlier runs were reached. */
  readonly formerHosts?: () => readonly string[]
  /** How tasks run, which may need images of the registry; simulated where it is not given. */
  readonly createRuntime?: (registry: Registry) => TaskRuntime
}

/** An AWS account on this machine: all its services, working on each other as the real ones do. */
export interface LocalAws {
  readonly wire: Wire
  readonly registry: Registry
  readonly balancer: ReturnType<typeof createElbv2>['balancer']
  readonly runtime: 'docker' | 'simulated'
  /** The records of ECS as they are now, for a status page; not to be changed. */
  readonly ecs: Pick<ReturnType<typeof createEcs>, 'snapshot'>
  /** The same of Elastic Load Balancing. */
  readonly topology: ReturnType<typeof createElbv2>['topology']
  /** All that the next run would go on with, by the names of its parts. */
  readonly state: StateParts
  /** What goes wrong on purpose; changed while it runs. */
  readonly faults: FaultPlan
  /** The operations that are emulated, by the signing name of their service. */
  readonly operations: OperationCatalog
  close(): Promise<void>
}

/** Identifiers are drawn, faults strike and logins are issued wherever something happens. */
const changingAlong = ['random', 'faults', 'ecr-logins']

/** Puts the services together; nothing listens but the load balancers, and these only where asked. */
export function createLocalAws(options: LocalAwsOptions): LocalAws {
  const {clock, blobsFolder, listen} = options
  const seed = options.seed ?? clock.now() % 2 ** 32
  const sequence = new RandomSequence(seed)
  const random = sequence.next
  const parts = {clock, random}
  const {saver} = options
  const mark = (name: string) => () => saver?.mark(name)
  const faults = new FaultPlan({clock, seed})
  const hooks = faultHooks(faults, clock, () => ecs.snapshot().tasks)
  const registry = createRegistry({...parts, ...options, ...(blobsFolder !== undefined && {blobsFolder})})
  const runtime: TaskRuntime = options.createRuntime?.(registry) ?? createSimulatedRuntime({clock})
  const ec2 = createEc2(parts)
  const interfaceChanges = ['createInterface', 'deleteInterface'] as const
  const network = markingPort(ec2.network, interfaceChanges, mark('ec2'))
  const iam = createIam(parts)
  const sts = createSts(parts)
  const logs = createLogs(parts)
  const ssm = createSsm(parts)
  const secretsManager = createSecretsManager(parts)
  const route53 = createRoute53({
    ...parts,
    loadBalancerNames: {hostedZoneOf: (dnsName) => elbv2.loadBalancerNames.hostedZoneOf(dnsName)},
  })
  const acm = createAcm({
    random,
    clock: markingClock(clock, mark('acm')),
    dns: route53.dns,
    uses: {usersOf: (scope, arn) => elbv2.certificateUses.usersOf(scope, arn)},
    authorityFolder: options.authorityFolder,
  })
  const elbv2: ReturnType<typeof createElbv2> = createElbv2({
    ...parts,
    // The interfaces of a deleted load balancer go on the clock, and its last record with them.
    network: markingPort(network, interfaceChanges, mark('elasticloadbalancing')),
    certificates: acm.certificates,
    connect: runtime.connect,
    listen,
    onChange: mark('elasticloadbalancing'),
    ...hooks.balancer,
  })
  const ecs: ReturnType<typeof createEcs> = createEcs({
    ...parts,
    runtime,
    network,
    roles: hooks.roles(iam.roles),
    logs: markingPort(logs.logs, ['append', 'createGroup'], mark('logs')),
    images: markingPort(registry.images, ['pull'], mark('ecr')),
    secrets: createContainerSecrets({
      ...ssm,
      secretValues: markingPort(secretsManager.secretValues, ['findValue'], mark('secretsmanager')),
    }),
    targetGroups: elbv2.targetGroups,
    ...hooks.scheduler,
    ...(saver && {save: () => saver.trySave()}),
  })
  faults.onChange(() => ecs.review())
  ecs.follow(mark('ecs'))
  const services = [
    ...[ecs, ec2, elbv2, acm, iam, sts, logs, route53, ssm, secretsManager].map(({service}) => service),
    createEcrService(registry.store),
  ]
  const {before, around} = hooks.wire(options.before)
  const wire = createWire({
    ...options,
    ...{before, around: saver === undefined ? around : savedCalls(saver, around)},
    services,
    clock,
  })
  const state = {
    // In this order: certificates and interfaces before the listeners that use them.
    ...{random: sequence, ec2: ec2.state, iam: iam.state, logs: logs.state},
    ...{ecr: registry.state, 'ecr-logins': registry.tokens, ssm: ssm.state, secretsmanager: secretsManager.state},
    ...{route53: route53.state, acm: acm.state, elasticloadbalancing: elbv2.state, ecs: ecs.state, faults},
  }
  saver?.connect(state, changingAlong)
  registry.prune()
  ecs.resume()
  return {
    state,
    wire,
    registry,
    balancer: elbv2.balancer,
    runtime: runtime.kind,
    ecs,
    topology: elbv2.topology,
    faults,
    operations: new Map(
      services.map(({signingName, operations}) => [signingName, operations.map(({schema}) => schema[2])]),
    ),
    async close() {
      faults.close()
      ecs.close()
      acm.close()
      await Promise.all([elbv2.close(), runtime.close?.()])
      registry.close()
    },
  }
}
