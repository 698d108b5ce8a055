import type {CreateTargetGroupCommandInput} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {Protocol, TargetGroupRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import {targetGroupAttributes} from './attribute-tables.js'
import {initialAttributes} from './attributes.js'
import type {Elbv2Context} from './context.js'
import {invalid, notEmulated, required} from './faults.js'
import {newHealthCheck} from './health-check-settings.js'
import {newTargetGroupArn} from './identifiers.js'
import {checkTargetGroupName} from './names.js'
import {checkVpc} from './placement.js'
import {tagsFrom} from './tags.js'

type Settings = Omit<TargetGroupRecord, 'arn' | 'account' | 'region' | 'attributes' | 'targets'>

const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP'] as const

/**
 * Creates a target group. Asked again with the same settings it gives the one that is there, as AWS does.
 *
 * @throws AwsFault DuplicateTargetGroupName when the name is taken with other settings, and whatever AWS refuses
 */
export function createTargetGroup(
  {store, network, random}: Elbv2Context,
  scope: Scope,
  input: CreateTargetGroupCommandInput,
): TargetGroupRecord {
  const settings = settingsFrom(input)
  checkVpc(network, scope, settings.vpcId)
  const tags = tagsFrom(input.Tags)
  const state = store.of(scope)
  const namesake = [...state.targetGroups.values()].find(({name}) => name === settings.name)
  if (namesake !== undefined) return sameOrRefused(namesake, settings)

  const record: TargetGroupRecord = {
    ...settings,
    account: scope.account,
    region: scope.region,
    arn: newTargetGroupArn(scope, settings.name, random),
    attributes: initialAttributes(targetGroupAttributes(settings)),
    targets: [],
  }
  state.targetGroups.set(record.arn, record)
  state.tags.set(record.arn, tags)
  return record
}

function settingsFrom(input: CreateTargetGroupCommandInput): Settings {
  const name = required(input.Name, 'name')
  checkTargetGroupName(name)
  const {TargetType: targetType = 'instance', IpAddressType: ipAddressType = 'ipv4'} = input
  if (targetType === 'lambda' || targetType === 'alb') throw notEmulated(`a target group of type '${targetType}'`)
  if (input.Protocol === undefined) throw invalid('A protocol must be specified')
  if (input.Port === undefined) throw invalid('A port must be specified')
  if (input.VpcId === undefined) throw invalid('A VPC ID must be specified')
  const protocol = protocolFrom(input.Protocol)
  const protocolVersion = protocolVersionFrom(protocol, input.ProtocolVersion)
  if (ipAddressType === 'ipv6') throw notEmulated('a target group of IPv6 addresses')
  return {
    name,
    targetType,
    protocol,
    port: input.Port,
    vpcId: input.VpcId,
    ipAddressType,
    healthCheck: newHealthCheck(protocol, input),
    ...(protocolVersion !== undefined && {protocolVersion}),
  }
}

function protocolFrom(value: string): Protocol {
  const known = PROTOCOLS.find((candidate) => candidate === value)
  if (known === undefined) throw notEmulated(`protocol '${value}'`)
  return known
}

function protocolVersionFrom(protocol: Protocol, version: string | undefined): string | undefined {
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    if (version !== undefined) throw invalid(`Protocol version cannot be specified with protocol '${protocol}'`)
    return undefined
  }
  if (version !== undefined && version !== 'HTTP1') throw notEmulated(`protocol version '${version}'`)
  return 'HTTP1'
}

function sameOrRefused(existing: TargetGroupRecord, wanted: Settings): TargetGroupRecord {
  const identity = ({protocol, port, vpcId, targetType, healthCheck: check}: Settings) =>
    JSON.stringify([protocol, port, vpcId, targetType, Object.entries(check).sort(([a], [b]) => a.localeCompare(b))])
  if (identity(existing) === identity(wanted)) return existing
  throw new AwsFault(
    'DuplicateTargetGroupName',
    `A target group with the same name '${wanted.name}' exists, but with different settings`,
  )
}
