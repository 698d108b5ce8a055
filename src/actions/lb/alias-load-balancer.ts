import {pollUntil} from '../../aws/poll.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {AwsError} from '../../errors/errors.js'
import {plainDomain} from '../../lib/domain-name.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {HostedZone} from '../../route53/hosted-zones.js'
import {listPublicZones, zonesOf} from '../../route53/hosted-zones.js'
import type {RecordSet} from '../../route53/records.js'
import {changeRecords, findRecords, isInSync} from '../../route53/records.js'
import type {Context} from '../context.js'
import {requireLoadBalancer} from './inspect-load-balancer.js'

export interface AliasOptions {
  readonly loadBalancer: string
  readonly domain: string
  /** Takes the place of records that lead somewhere else. */
  readonly replace: boolean
  /** Until all name servers of Route 53 answer with it. */
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface AliasResult {
  readonly loadBalancer: string
  readonly domain: string
  readonly dnsName: string
  /** A, and AAAA where the load balancer has addresses of IPv6. */
  readonly types: readonly string[]
  /** The public zones of Route 53 that hold the domain; none where its DNS is somewhere else, and nothing was made. */
  readonly zones: readonly HostedZone[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

type AliasContext = Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>

/** Route 53 is done within a minute, as a rule. */
const lookEveryMs = 3000

/**
 * Has a domain lead to a load balancer: an alias record in the public zones of the account that hold it.
 *
 * @throws AwsError LOAD_BALANCER_NOT_FOUND, RECORD_EXISTS; WaitTimeoutError when the name servers are not done in time
 */
export async function aliasLoadBalancer(context: AliasContext, options: AliasOptions): Promise<AliasResult> {
  const {aws, output, signal} = context
  const {domain, dryRun} = options
  const [loadBalancer, zones] = await Promise.all([
    requireLoadBalancer(aws.elbv2, options.loadBalancer),
    listPublicZones(aws.route53),
  ])
  const own = zonesOf(zones, domain)
  const types = loadBalancer.ipAddressType.startsWith('dualstack') ? ['A', 'AAAA'] : ['A']
  const steps = own.map((zone) => aliasStep(context, options, {zone, loadBalancer, types}))
  const report = await runPlan(steps, {output, signal, dryRun})
  return {
    ...{loadBalancer: loadBalancer.name, domain, dnsName: loadBalancer.dnsName, types},
    ...{zones: own, dryRun, changes: report.changes},
  }
}

interface Alias {
  readonly zone: HostedZone
  readonly loadBalancer: LoadBalancer
  readonly types: readonly string[]
}

function aliasStep(
  {aws, clock}: AliasContext,
  {domain, replace, wait, timeoutMs}: AliasOptions,
  {zone, loadBalancer, types}: Alias,
): Step<void> {
  return step<void>({
    id: `alias-${zone.id}`,
    title: `alias record ${domain} in zone ${zone.name} (${zone.id})`,
    look: async () => {
      const found = await findRecords(aws.route53, zone.id, domain)
      const foreign = foreignRecords(found, loadBalancer)
      if (foreign.length > 0) checkReplaceable(foreign, {domain, zone, replace})
      const missing = types.filter((type) => !found.some((set) => set.Type === type && leadsTo(set, loadBalancer)))
      if (missing.length === 0 && foreign.length === 0) return {state: 'present', value: undefined}
      const detail = `${types.join(' and ')} → ${loadBalancer.dnsName}`
      if (foreign.length === 0) return {state: 'absent', detail}
      return {state: 'differs', value: undefined, detail: `${detail}, instead of ${foreign.map(textOf).join(', ')}`}
    },
    apply: async (_needs, _found, run) => {
      const foreign = foreignRecords(await findRecords(aws.route53, zone.id, domain), loadBalancer)
      // Route 53 takes all of it at once: the name is never without an answer. An UPSERT replaces what has its type.
      const removed = foreign.filter(({Type = ''}) => !types.includes(Type))
      const id = await changeRecords(aws.route53, zone.id, [
        ...removed.map((set) => ({Action: 'DELETE' as const, ResourceRecordSet: set})),
        ...types.map((type) => ({
          Action: 'UPSERT' as const,
          ResourceRecordSet: aliasRecord(domain, type, loadBalancer),
        })),
      ])
      if (!wait) return
      const what = `the name servers of zone ${zone.name}`
      await pollUntil({clock, signal: run.signal, everyMs: lookEveryMs, timeoutMs, what}, async () =>
        (await isInSync(aws.route53, id)) ? true : undefined,
      )
    },
  })
}

const aliasRecord = (domain: string, type: string, {dnsName, hostedZoneId}: LoadBalancer): RecordSet => ({
  Name: domain,
  Type: type as 'A' | 'AAAA',
  AliasTarget: {HostedZoneId: hostedZoneId, DNSName: dnsName, EvaluateTargetHealth: false},
})

/** Route 53 answers names with a final dot; its console puts `dualstack.` before those of load balancers. */
const leadsTo = ({AliasTarget}: RecordSet, {dnsName}: LoadBalancer): boolean =>
  plainDomain(AliasTarget?.DNSName ?? '').replace(/^dualstack\./, '') === plainDomain(dnsName)

/** What answers for the same name, or forbids that anything else does. */
const foreignRecords = (found: readonly RecordSet[], loadBalancer: LoadBalancer): RecordSet[] =>
  found.filter((set) => ['A', 'AAAA', 'CNAME'].includes(set.Type ?? '') && !leadsTo(set, loadBalancer))

function checkReplaceable(
  foreign: readonly RecordSet[],
  {domain, zone, replace}: {readonly domain: string; readonly zone: HostedZone; readonly replace: boolean},
): void {
  const routed = foreign.find(({SetIdentifier}) => SetIdentifier !== undefined)
  if (replace && routed === undefined) return
  const lines = foreign.map((set) => `${set.Type} → ${textOf(set)}`)
  throw new AwsError('RECORD_EXISTS', `${domain} has records in zone ${zone.name} already: ${lines.join('; ')}`, {
    details: {domain, zone: zone.id, records: lines},
    hints:
      routed === undefined ? ['take their place: --replace'] : ['a routing policy is at work: change it in Route 53'],
  })
}

const textOf = ({AliasTarget, ResourceRecords = []}: RecordSet): string =>
  AliasTarget?.DNSName ?? ResourceRecords.map(({Value = ''}) => Value).join(', ')
