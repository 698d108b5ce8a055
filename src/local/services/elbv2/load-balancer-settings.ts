import type {
  DescribeLoadBalancerAttributesCommandInput,
  DescribeLoadBalancerAttributesCommandOutput,
  ModifyLoadBalancerAttributesCommandInput,
  ModifyLoadBalancerAttributesCommandOutput,
  SetSecurityGroupsCommandInput,
  SetSecurityGroupsCommandOutput,
  SetSubnetsCommandInput,
  SetSubnetsCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  DescribeLoadBalancerAttributes$,
  ModifyLoadBalancerAttributes$,
  SetSecurityGroups$,
  SetSubnets$,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {loadBalancerAttributes} from './attribute-tables.js'
import {attributeList, changedAttributes} from './attributes.js'
import type {Elbv2Context} from './context.js'
import {availabilityZones} from './descriptions.js'
import {invalid, required} from './faults.js'
import {attachSubnet} from './load-balancer-creation.js'
import {findLoadBalancer} from './lookups.js'
import {checkSecurityGroups, placeSubnets} from './placement.js'

export function loadBalancerSettingOperations(context: Elbv2Context): Operation[] {
  const {store} = context
  return [
    operation<DescribeLoadBalancerAttributesCommandInput, DescribeLoadBalancerAttributesCommandOutput>(
      DescribeLoadBalancerAttributes$,
      ({LoadBalancerArn}, request) => ({
        Attributes: attributeList(findLoadBalancer(store, request, LoadBalancerArn).attributes),
      }),
    ),
    operation<ModifyLoadBalancerAttributesCommandInput, ModifyLoadBalancerAttributesCommandOutput>(
      ModifyLoadBalancerAttributes$,
      ({LoadBalancerArn, Attributes}, request) => {
        const record = findLoadBalancer(store, request, LoadBalancerArn)
        const changes = required(Attributes, 'attributes')
        const table = loadBalancerAttributes(record.type)
        record.attributes = changedAttributes('Load balancer', table, record.attributes, changes)
        return {Attributes: attributeList(record.attributes)}
      },
    ),
    operation<SetSecurityGroupsCommandInput, SetSecurityGroupsCommandOutput>(SetSecurityGroups$, (input, request) =>
      setSecurityGroups(context, request, input),
    ),
    operation<SetSubnetsCommandInput, SetSubnetsCommandOutput>(SetSubnets$, (input, request) =>
      setSubnets(context, request, input),
    ),
  ]
}

function setSecurityGroups(
  {store, network}: Elbv2Context,
  scope: Scope,
  {LoadBalancerArn, SecurityGroups}: SetSecurityGroupsCommandInput,
): {SecurityGroupIds: string[]} {
  const record = findLoadBalancer(store, scope, LoadBalancerArn)
  const groups = [...new Set(required(SecurityGroups, 'securityGroups'))]
  if (groups.length === 0) throw invalid('At least one security group must be specified')
  if (record.type === 'network' && record.securityGroups.length === 0) {
    throw new AwsFault(
      'InvalidConfigurationRequest',
      'Security groups cannot be set on a Network Load Balancer that was created without security groups',
    )
  }
  checkSecurityGroups(network, scope, record.vpcId, groups)
  record.securityGroups = groups
  return {SecurityGroupIds: groups}
}

function setSubnets(
  context: Elbv2Context,
  scope: Scope,
  input: SetSubnetsCommandInput,
): Omit<SetSubnetsCommandOutput, '$metadata'> {
  const {store, network} = context
  const record = findLoadBalancer(store, scope, input.LoadBalancerArn)
  const wanted = placeSubnets(network, scope, record.type, input)
  if (wanted[0].vpcId !== record.vpcId) {
    throw new AwsFault('InvalidConfigurationRequest', `All subnets must belong to the same VPC: '${record.vpcId}'`)
  }
  record.ipAddressType = input.IpAddressType ?? record.ipAddressType
  const before = record.subnets
  record.subnets = wanted.map(
    (subnet) =>
      before.find(({subnetId}) => subnetId === subnet.subnetId) ?? attachSubnet(context, scope, record, subnet),
  )
  for (const left of before.filter((subnet) => !record.subnets.includes(subnet))) {
    network.deleteInterface(scope, left.networkInterfaceId)
  }
  return {AvailabilityZones: availabilityZones(record), IpAddressType: record.ipAddressType}
}
