import type {
  CreateVpcCommandInput,
  CreateVpcCommandOutput,
  DeleteVpcCommandInput,
  DeleteVpcCommandOutput,
  DescribeVpcsCommandInput,
  DescribeVpcsCommandOutput,
  Vpc,
} from '@aws-sdk/client-ec2'
import {CreateVpc$, DeleteVpc$, DescribeVpcs$} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {formatCidr, parseCidr} from './addresses.js'
import type {NetworkStore} from './default-network.js'
import {addVpc} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import {dependencyViolation, missingParameter} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyResourceFilters} from './filters.js'
import type {Network} from './network.js'
import {pageOf} from './paging.js'
import type {VpcRecord} from './records.js'
import {specifiedTags, tagList} from './tag-sets.js'

const filterFields = (account: string): FilterFields<VpcRecord> => ({
  'vpc-id': ({id}) => [id],
  cidr: ({cidrBlock}) => [cidrBlock],
  cidrBlock: ({cidrBlock}) => [cidrBlock],
  'cidr-block': ({cidrBlock}) => [cidrBlock],
  'cidr-block-association.association-id': ({cidrAssociationId}) => [cidrAssociationId],
  'cidr-block-association.cidr-block': ({cidrBlock}) => [cidrBlock],
  'cidr-block-association.state': () => ['associated'],
  'dhcp-options-id': ({dhcpOptionsId}) => [dhcpOptionsId],
  isDefault: ({isDefault}) => [String(isDefault)],
  'is-default': ({isDefault}) => [String(isDefault)],
  'owner-id': () => [account],
  state: () => ['available'],
})

/** DescribeVpcs, CreateVpc and DeleteVpc. */
export const vpcOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<DescribeVpcsCommandInput, DescribeVpcsCommandOutput>(DescribeVpcs$, (input, scope) => {
    const network = store.of(scope)
    const vpcs = input.VpcIds?.map((id) => network.vpc(id)) ?? [...network.vpcs.values()]
    const {items, next} = pageOf(applyResourceFilters(vpcs, input.Filters, filterFields(scope.account)), input)
    return {...next, Vpcs: items.map((vpc) => view(vpc, scope.account))}
  }),

  ec2Operation<CreateVpcCommandInput, CreateVpcCommandOutput>(CreateVpc$, (input, scope) => {
    const network = store.of(scope)
    if (input.CidrBlock === undefined) {
      throw new AwsFault('MissingParameter', "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.")
    }
    const cidr = parseCidr(input.CidrBlock)
    // AWS takes blocks from /16 to /28.
    if (cidr === undefined || cidr.prefix < 16 || cidr.prefix > 28) {
      throw new AwsFault('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`)
    }
    const vpc = addVpc(network, {
      identity: network.identity('vpc', specifiedTags(input.TagSpecifications, 'vpc')),
      cidrBlock: formatCidr(cidr),
      isDefault: false,
      identify: (prefix) => network.identity(prefix),
    })
    return {Vpc: {...view(vpc, scope.account), State: 'pending'}}
  }),

  ec2Operation<DeleteVpcCommandInput, DeleteVpcCommandOutput>(DeleteVpc$, (input, scope) => {
    if (input.VpcId === undefined) throw missingParameter('vpcId')
    deleteVpc(store.of(scope), input.VpcId)
    return {}
  }),
]

/** A VPC goes once it holds nothing but what AWS made with it: the default group and the main route table. */
function deleteVpc(network: Network, vpcId: string): void {
  const vpc = network.vpc(vpcId)
  const isUsed =
    [...network.subnets.values()].some((subnet) => subnet.vpcId === vpc.id) ||
    network.groupsOf(vpc.id).some(({groupName}) => groupName !== 'default') ||
    network.gatewayOf(vpc.id) !== undefined
  if (isUsed) throw dependencyViolation(`The vpc '${vpc.id}' has dependencies and cannot be deleted.`)

  for (const group of network.groupsOf(vpc.id)) {
    for (const rule of network.rulesOf(group.id)) network.rules.delete(rule.id)
    network.securityGroups.delete(group.id)
  }
  for (const table of network.routeTables.values()) {
    if (table.vpcId === vpc.id) network.routeTables.delete(table.id)
  }
  network.vpcs.delete(vpc.id)
}

const view = (vpc: VpcRecord, account: string): Vpc => ({
  VpcId: vpc.id,
  OwnerId: account,
  CidrBlock: vpc.cidrBlock,
  CidrBlockAssociationSet: [
    {AssociationId: vpc.cidrAssociationId, CidrBlock: vpc.cidrBlock, CidrBlockState: {State: 'associated'}},
  ],
  DhcpOptionsId: vpc.dhcpOptionsId,
  InstanceTenancy: 'default',
  IsDefault: vpc.isDefault,
  State: 'available',
  Tags: tagList(vpc.tags),
})
