import type {
  Action as ApiAction,
  AvailabilityZone,
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {ListenerRecord, LoadBalancerRecord, RuleRecord, TargetGroupRecord} from '../../balancer/model.js'
import {describeAction} from './actions.js'
import {describeCondition} from './condition-shapes.js'
import {hostedZoneId} from './hosted-zones.js'
import type {Elbv2Store} from './store.js'

export const availabilityZones = ({subnets}: LoadBalancerRecord): AvailabilityZone[] =>
  subnets.map(({subnetId, availabilityZone}) => ({
    ZoneName: availabilityZone,
    SubnetId: subnetId,
    LoadBalancerAddresses: [],
  }))

export const describeLoadBalancer = (record: LoadBalancerRecord): LoadBalancer => ({
  LoadBalancerArn: record.arn,
  DNSName: record.dnsName,
  CanonicalHostedZoneId: hostedZoneId(record.region, record.type),
  CreatedTime: new Date(record.createdAt),
  LoadBalancerName: record.name,
  Scheme: record.scheme,
  VpcId: record.vpcId,
  State: {Code: record.state},
  Type: record.type,
  AvailabilityZones: availabilityZones(record),
  ...(record.securityGroups.length > 0 && {SecurityGroups: record.securityGroups}),
  IpAddressType: record.ipAddressType,
})

export const describeTargetGroup = (store: Elbv2Store, record: TargetGroupRecord): TargetGroup => ({
  TargetGroupArn: record.arn,
  TargetGroupName: record.name,
  Protocol: record.protocol,
  ...(record.protocolVersion !== undefined && {ProtocolVersion: record.protocolVersion}),
  Port: record.port,
  VpcId: record.vpcId,
  TargetType: record.targetType,
  IpAddressType: record.ipAddressType,
  HealthCheckEnabled: true,
  HealthCheckProtocol: record.healthCheck.protocol,
  HealthCheckPort: record.healthCheck.port,
  HealthCheckIntervalSeconds: record.healthCheck.interval,
  HealthCheckTimeoutSeconds: record.healthCheck.timeout,
  HealthyThresholdCount: record.healthCheck.healthyThreshold,
  UnhealthyThresholdCount: record.healthCheck.unhealthyThreshold,
  ...(record.healthCheck.path !== undefined && {HealthCheckPath: record.healthCheck.path}),
  ...(record.healthCheck.matcher !== undefined && {Matcher: {HttpCode: record.healthCheck.matcher}}),
  LoadBalancerArns: [...store.loadBalancersOf(record.arn)],
})

export const describeListener = (store: Elbv2Store, record: ListenerRecord): Listener => ({
  ListenerArn: record.arn,
  LoadBalancerArn: record.loadBalancerArn,
  Port: record.port,
  Protocol: record.protocol,
  ...(record.defaultCertificate !== undefined && {Certificates: [{CertificateArn: record.defaultCertificate}]}),
  ...(record.sslPolicy !== undefined && {SslPolicy: record.sslPolicy}),
  ...(record.alpnPolicy !== undefined && {AlpnPolicy: record.alpnPolicy}),
  DefaultActions: defaultActions(store, record),
})

const defaultActions = (store: Elbv2Store, {arn}: ListenerRecord): ApiAction[] =>
  store
    .rulesOf(arn)
    .filter(({priority}) => priority === 'default')
    .map(({action}) => describeAction(action))

export const describeRule = (record: RuleRecord): Rule => ({
  RuleArn: record.arn,
  Priority: String(record.priority),
  Conditions: record.conditions.map(describeCondition),
  Actions: [describeAction(record.action)],
  IsDefault: record.priority === 'default',
})
