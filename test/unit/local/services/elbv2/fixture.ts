import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../../../../src/local/aws-fault.js'
import type {Clock} from '../../../../../src/local/clock.js'
import {VirtualClock} from '../../../../../src/local/clock.js'
import type {CertificatesPort, NetworkInterfaceView, NetworkPort} from '../../../../../src/local/ports.js'
import {createElbv2} from '../../../../../src/local/services/elbv2/index.js'
import type {TaskRuntime} from '../../../../../src/local/task-runtime.js'
import type {RequestContext} from '../../../../../src/local/wire/service.js'
import {callOperation} from '../../../../helpers/call-operation.js'

export const SCOPE = {account: '000000000000', region: 'us-east-1'} as const
export const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/11111111-2222-3333-4444-555555555555'

export const SECOND_CERTIFICATE = CERTIFICATE.replace('11111111', '22222222')
const KNOWN: readonly string[] = [CERTIFICATE, SECOND_CERTIFICATE]

type Operations = Elb.ElasticLoadBalancingV2
type Input<Name extends keyof Operations> = Operations[Name] extends (input: infer In, ...rest: never[]) => unknown
  ? In
  : never

/** The output of an operation, without the members that the SDK marks as possibly missing. */
interface Outputs {
  createLoadBalancer: Elb.CreateLoadBalancerCommandOutput
  describeLoadBalancers: Elb.DescribeLoadBalancersCommandOutput
  createTargetGroup: Elb.CreateTargetGroupCommandOutput
  describeTargetGroups: Elb.DescribeTargetGroupsCommandOutput
  modifyTargetGroup: Elb.ModifyTargetGroupCommandOutput
  createListener: Elb.CreateListenerCommandOutput
  modifyListener: Elb.ModifyListenerCommandOutput
  describeListeners: Elb.DescribeListenersCommandOutput
  createRule: Elb.CreateRuleCommandOutput
  describeRules: Elb.DescribeRulesCommandOutput
  describeTargetHealth: Elb.DescribeTargetHealthCommandOutput
  describeTags: Elb.DescribeTagsCommandOutput
  describeListenerCertificates: Elb.DescribeListenerCertificatesCommandOutput
  describeTargetGroupAttributes: Elb.DescribeTargetGroupAttributesCommandOutput
  modifyTargetGroupAttributes: Elb.ModifyTargetGroupAttributesCommandOutput
  describeListenerAttributes: Elb.DescribeListenerAttributesCommandOutput
  describeSSLPolicies: Elb.DescribeSSLPoliciesCommandOutput
  describeLoadBalancerAttributes: Elb.DescribeLoadBalancerAttributesCommandOutput
  setSubnets: Elb.SetSubnetsCommandOutput
  setSecurityGroups: Elb.SetSecurityGroupsCommandOutput
}

/** Two VPCs: subnets `subnet-a`, `subnet-b`, `subnet-b2` and groups `sg-1`, `sg-2` in the first, `…-other` elsewhere. */
function fakeNetwork() {
  const subnets = [
    {subnetId: 'subnet-a', vpcId: 'vpc-1', availabilityZone: 'us-east-1a'},
    {subnetId: 'subnet-b', vpcId: 'vpc-1', availabilityZone: 'us-east-1b'},
    {subnetId: 'subnet-b2', vpcId: 'vpc-1', availabilityZone: 'us-east-1b'},
    {subnetId: 'subnet-c', vpcId: 'vpc-1', availabilityZone: 'us-east-1c'},
    {subnetId: 'subnet-other', vpcId: 'vpc-2', availabilityZone: 'us-east-1c'},
  ]
  const groups = [
    {groupId: 'sg-1', vpcId: 'vpc-1'},
    {groupId: 'sg-2', vpcId: 'vpc-1'},
    {groupId: 'sg-other', vpcId: 'vpc-2'},
  ]
  const interfaces = new Map<string, {description: string; subnetId: string; assignPublicIp: boolean}>()
  let count = 0
  const network: NetworkPort = {
    findSubnet: (_, id) => subnets.find(({subnetId}) => subnetId === id),
    findSecurityGroup: (_, id) => groups.find(({groupId}) => groupId === id),
    defaultSecurityGroup(_, vpcId) {
      if (subnets.some((subnet) => subnet.vpcId === vpcId)) return `sg-default-of-${vpcId}`
      throw new AwsFault('InvalidVpcID.NotFound', `The vpc ID '${vpcId}' does not exist`)
    },
    createInterface(_, {description, subnetId, assignPublicIp}): NetworkInterfaceView {
      const networkInterfaceId = `eni-${++count}`
      interfaces.set(networkInterfaceId, {description, subnetId, assignPublicIp})
      return {
        networkInterfaceId,
        macAddress: '02:00:00:00:00:01',
        privateIpAddress: `10.0.0.${count}`,
        privateDnsName: `ip-10-0-0-${count}.ec2.internal`,
        subnetId,
        vpcId: 'vpc-1',
      }
    },
    deleteInterface: (_, id) => void interfaces.delete(id),
  }
  return {network, interfaces}
}

/** A repeatable source of random numbers. */
function seededRandom(seed = 1): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface FixtureOptions {
  readonly clock?: Clock
  readonly connect?: TaskRuntime['connect']
  readonly listen?: boolean
  readonly certificates?: CertificatesPort
}

/** Elastic Load Balancing with a fake network, and a typed way to call its operations without the wire. */
export function elasticLoadBalancing(options: FixtureOptions = {}) {
  const {network, interfaces} = fakeNetwork()
  const elb = createElbv2({
    clock: options.clock ?? new VirtualClock(),
    network,
    certificates: options.certificates ?? {
      find: (scope, arn) => (KNOWN.includes(arn) && scope.region === SCOPE.region ? {status: 'ISSUED'} : undefined),
    },
    connect: options.connect ?? (() => undefined),
    random: seededRandom(),
    listen: options.listen ?? false,
  })
  const request: RequestContext = {...SCOPE, requestId: 'r-1', accessKeyId: 'AKIDEXAMPLE'}
  const call = <Name extends keyof Operations & string>(
    name: Name,
    input: Input<Name>,
    scope: {account: string; region: string} = SCOPE,
  ): Name extends keyof Outputs ? Outputs[Name] : object => {
    const wanted = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    return callOperation(elb.service, wanted, input, {...request, ...scope}) as never
  }
  return {...elb, call, interfaces}
}

export type Fixture = ReturnType<typeof elasticLoadBalancing>

/** The code and message with which a call is refused. */
export function refusal(run: () => unknown): {code: string; message: string} {
  try {
    run()
  } catch (error) {
    if (error instanceof AwsFault) return {code: error.code, message: error.message}
    throw error
  }
  throw new Error('The call was not refused')
}

export const must = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('There is nothing')
  return value
}

export const arnOf = {
  loadBalancer: ({call}: Fixture, input: Partial<Elb.CreateLoadBalancerCommandInput> = {}): string =>
    must(
      call('createLoadBalancer', {Name: 'web', Subnets: ['subnet-a', 'subnet-b'], ...input}).LoadBalancers?.[0]
        ?.LoadBalancerArn,
    ),
  targetGroup: ({call}: Fixture, input: Partial<Elb.CreateTargetGroupCommandInput> = {}): string =>
    must(
      call('createTargetGroup', {
        Name: 'tg',
        Protocol: 'HTTP',
        Port: 80,
        VpcId: 'vpc-1',
        TargetType: 'ip',
        ...input,
      }).TargetGroups?.[0]?.TargetGroupArn,
    ),
  listener: (
    {call}: Fixture,
    input: Pick<Elb.CreateListenerCommandInput, 'LoadBalancerArn' | 'DefaultActions'> &
      Partial<Elb.CreateListenerCommandInput>,
  ): string => must(call('createListener', {Protocol: 'HTTP', Port: 80, ...input}).Listeners?.[0]?.ListenerArn),
  rule: ({call}: Fixture, input: Elb.CreateRuleCommandInput): string =>
    must(call('createRule', input).Rules?.[0]?.RuleArn),
}

export const OK = {Type: 'fixed-response', FixedResponseConfig: {StatusCode: '200', MessageBody: 'ok'}} as const

export const forwardTo = (arn: string) => ({Type: 'forward' as const, TargetGroupArn: arn})
