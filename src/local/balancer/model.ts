/**
 * What Elastic Load Balancing keeps: plain objects that serialise to JSON. The API writes them, the balancer routes
 * by them and writes only the status of targets.
 */
import type {Scope} from '../scope.js'
import type {TaskAddress} from '../task-address.js'

export interface WeightedTargetGroup {
  readonly arn: string
  /** 0-999; a group of weight 0 gets no requests. */
  readonly weight: number
}

export interface ForwardAction {
  readonly type: 'forward'
  readonly targetGroups: readonly WeightedTargetGroup[]
  readonly stickiness: {readonly enabled: boolean; readonly durationSeconds?: number}
}

/** Each part may hold the keywords `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
export interface RedirectAction {
  readonly type: 'redirect'
  readonly protocol: string
  readonly host: string
  readonly port: string
  readonly path: string
  readonly query: string
  readonly status: 301 | 302
}

export interface FixedResponseAction {
  readonly type: 'fixed-response'
  readonly status: number
  readonly contentType?: string
  readonly body?: string
}

/** The one action of a rule that answers or passes on the request. */
export type Action = ForwardAction | RedirectAction | FixedResponseAction

export type Condition =
  | {readonly field: 'host-header' | 'path-pattern' | 'http-request-method' | 'source-ip'; readonly values: string[]}
  | {readonly field: 'http-header'; readonly name: string; readonly values: string[]}
  | {readonly field: 'query-string'; readonly pairs: {readonly key?: string; readonly value: string}[]}

export type LoadBalancerType = 'application' | 'network'
export type Protocol = 'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP'
export type IpAddressType = 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4'

export interface LoadBalancerRecord extends Scope {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  readonly type: LoadBalancerType
  readonly scheme: 'internet-facing' | 'internal'
  readonly vpcId: string
  readonly createdAt: number
  ipAddressType: IpAddressType
  subnets: {readonly subnetId: string; readonly availabilityZone: string; readonly networkInterfaceId: string}[]
  securityGroups: string[]
  state: 'provisioning' | 'active'
  attributes: Record<string, string>
}

export interface ListenerRecord {
  readonly arn: string
  readonly loadBalancerArn: string
  port: number
  protocol: Protocol
  sslPolicy?: string
  alpnPolicy?: string[]
  defaultCertificate?: string
  /** The port of this machine on which it listens, to be taken again by the next run. */
  localPort?: number
  /** Certificates beside the default one, chosen by server name on AWS. */
  extraCertificates: string[]
  /** Those that were ever set. */
  attributes: Record<string, string>
}

export interface RuleRecord {
  readonly arn: string
  readonly listenerArn: string
  /** `default` is the rule that every listener has and that is tried last. */
  priority: number | 'default'
  conditions: Condition[]
  action: Action
}

/** The health check of a target group; durations in seconds. */
export interface HealthCheck {
  protocol: Protocol
  /** A number, or `traffic-port`: the port of each target. */
  port: string
  interval: number
  timeout: number
  healthyThreshold: number
  unhealthyThreshold: number
  /** Only for HTTP and HTTPS. */
  path?: string
  /** Accepted status codes, for instance `200-299,302`; only for HTTP and HTTPS. */
  matcher?: string
}

export interface TargetGroupRecord extends Scope {
  readonly arn: string
  readonly name: string
  readonly protocol: Protocol
  readonly protocolVersion?: string
  readonly port: number
  readonly vpcId: string
  readonly targetType: 'ip' | 'instance'
  readonly ipAddressType: 'ipv4' | 'ipv6'
  healthCheck: HealthCheck
  attributes: Record<string, string>
  targets: TargetRecord[]
}

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining'

export type TargetReason =
  | 'Elb.RegistrationInProgress'
  | 'Elb.InitialHealthChecking'
  | 'Target.ResponseCodeMismatch'
  | 'Target.Timeout'
  | 'Target.FailedHealthChecks'
  | 'Target.DeregistrationInProgress'
  | 'Target.NotInUse'
  | 'Target.NotRegistered'

/** What the load balancer thinks of a target, in AWS's words. */
export interface TargetStatus {
  readonly state: TargetState
  readonly reason?: TargetReason
  readonly description?: string
  /** Consecutive checks that speak against the present state. */
  readonly streak: number
}

export interface TargetRecord {
  /** An IP address, or an instance id. */
  readonly id: string
  readonly port: number
  readonly availabilityZone?: string
  /** When it was or will be checked first since it came into use: the others follow at the interval of its group. */
  checkedSince?: number
  /** When a target that drains is gone, in milliseconds since 1970. */
  drainsUntil?: number
  status: TargetStatus
}

/** How the balancer sees what the API keeps. */
export interface Topology {
  loadBalancers(): Iterable<LoadBalancerRecord>
  targetGroups(): Iterable<TargetGroupRecord>
  listenersOf(loadBalancerArn: string): readonly ListenerRecord[]
  /** In the order in which they are tried; the default rule is last. */
  rulesOf(listenerArn: string): readonly RuleRecord[]
  loadBalancer(arn: string): LoadBalancerRecord | undefined
  listener(arn: string): ListenerRecord | undefined
  targetGroup(arn: string): TargetGroupRecord | undefined
}

/** ARNs of the target groups that an action forwards to. */
export const targetGroupsOf = (action: Action): readonly string[] =>
  action.type === 'forward' ? action.targetGroups.map(({arn}) => arn) : []

/** Where a target of a group is, in the VPC of the group. */
export const addressOf = (
  {account, region, vpcId}: TargetGroupRecord,
  {id}: Pick<TargetRecord, 'id'>,
): TaskAddress => ({account, region, vpcId, privateIpAddress: id})

/** Whether a listener of this protocol ends TLS. */
export const isSecure = (protocol: Protocol): boolean => protocol === 'HTTPS' || protocol === 'TLS'
