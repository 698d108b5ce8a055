import type {
  AttachmentStatus,
  DeleteInternetGatewayCommandInput,
  DeleteInternetGatewayCommandOutput,
  DescribeInternetGatewaysCommandInput,
  DescribeInternetGatewaysCommandOutput,
  DescribeRouteTablesCommandInput,
  DescribeRouteTablesCommandOutput,
  DetachInternetGatewayCommandInput,
  DetachInternetGatewayCommandOutput,
  Route,
} from '@aws-sdk/client-ec2'
import {
  DeleteInternetGateway$,
  DescribeInternetGateways$,
  DescribeRouteTables$,
  DetachInternetGateway$,
} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import type {NetworkStore} from './default-network.js'
import {ec2Operation} from './dry-run.js'
import {dependencyViolation, missingParameter} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyResourceFilters} from './filters.js'
import type {Network} from './network.js'
import {pageOf} from './paging.js'
import type {InternetGatewayRecord, RouteTableRecord} from './records.js'
import {tagList} from './tag-sets.js'

const texts = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined)

const routeTableFields = (network: Network): FilterFields<RouteTableRecord> => ({
  'route-table-id': ({id}) => [id],
  'vpc-id': ({vpcId}) => [vpcId],
  'owner-id': () => [network.scope.account],
  'association.main': () => ['true'],
  'association.route-table-association-id': ({associationId}) => [associationId],
  'association.route-table-id': ({id}) => [id],
  'association.subnet-id': () => [],
  'route.destination-cidr-block': (table) => texts(routesOf(network, table).map((route) => route.DestinationCidrBlock)),
  'route.gateway-id': (table) => texts(routesOf(network, table).map((route) => route.GatewayId)),
  'route.nat-gateway-id': () => [],
  'route.origin': (table) => texts(routesOf(network, table).map((route) => route.Origin)),
  'route.state': (table) => texts(routesOf(network, table).map((route) => route.State)),
})

const internetGatewayFields = (account: string): FilterFields<InternetGatewayRecord> => ({
  'internet-gateway-id': ({id}) => [id],
  'attachment.vpc-id': ({vpcId}) => texts([vpcId]),
  'attachment.state': ({vpcId}) => (vpcId === undefined ? [] : ['available']),
  'owner-id': () => [account],
})

/** DescribeRouteTables, DescribeInternetGateways, DetachInternetGateway and DeleteInternetGateway. */
export const routingOperations = (store: NetworkStore): Operation[] => [
  ec2Operation<DescribeRouteTablesCommandInput, DescribeRouteTablesCommandOutput>(
    DescribeRouteTables$,
    (input, scope) => {
      const network = store.of(scope)
      const tables = input.RouteTableIds?.map((id) => network.routeTable(id)) ?? [...network.routeTables.values()]
      const kept = applyResourceFilters(tables, input.Filters, routeTableFields(network))
      const {items, next} = pageOf(kept, input, 100)
      return {...next, RouteTables: items.map((table) => routeTableView(network, table))}
    },
  ),

  ec2Operation<DescribeInternetGatewaysCommandInput, DescribeInternetGatewaysCommandOutput>(
    DescribeInternetGateways$,
    (input, scope) => {
      const network = store.of(scope)
      const ids = input.InternetGatewayIds
      const gateways = ids?.map((id) => network.internetGateway(id)) ?? [...network.internetGateways.values()]
      const kept = applyResourceFilters(gateways, input.Filters, internetGatewayFields(scope.account))
      const {items, next} = pageOf(kept, input)
      return {...next, InternetGateways: items.map((gateway) => internetGatewayView(gateway, scope.account))}
    },
  ),

  ec2Operation<DetachInternetGatewayCommandInput, DetachInternetGatewayCommandOutput>(
    DetachInternetGateway$,
    (input, scope) => {
      const network = store.of(scope)
      if (input.InternetGatewayId === undefined) throw missingParameter('internetGatewayId')
      if (input.VpcId === undefined) throw missingParameter('vpcId')
      detach(network, network.internetGateway(input.InternetGatewayId), network.vpc(input.VpcId).id)
      return {}
    },
  ),

  ec2Operation<DeleteInternetGatewayCommandInput, DeleteInternetGatewayCommandOutput>(
    DeleteInternetGateway$,
    (input, scope) => {
      const network = store.of(scope)
      if (input.InternetGatewayId === undefined) throw missingParameter('internetGatewayId')
      const gateway = network.internetGateway(input.InternetGatewayId)
      if (gateway.vpcId !== undefined) {
        throw dependencyViolation(`The internetGateway '${gateway.id}' has dependencies and cannot be deleted.`)
      }
      network.internetGateways.delete(gateway.id)
      return {}
    },
  ),
]

function detach(network: Network, gateway: InternetGatewayRecord, vpcId: string): void {
  if (gateway.vpcId !== vpcId) {
    throw new AwsFault('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${vpcId}`)
  }
  const hasPublicAddress = [...network.interfaces.values()].some(
    (one) => one.vpcId === vpcId && one.publicIpAddress !== undefined,
  )
  if (hasPublicAddress) {
    throw dependencyViolation(
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    )
  }
  delete gateway.vpcId
}

/** Every table here is the main one of its VPC: the way inside, and to the internet where a gateway is attached. */
function routesOf(network: Network, table: RouteTableRecord): Route[] {
  const local: Route = {
    DestinationCidrBlock: network.vpc(table.vpcId).cidrBlock,
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  }
  const gateway = network.gatewayOf(table.vpcId)
  if (gateway === undefined) return [local]
  return [local, {DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.id, Origin: 'CreateRoute', State: 'active'}]
}

const routeTableView = (network: Network, table: RouteTableRecord) => ({
  RouteTableId: table.id,
  VpcId: table.vpcId,
  OwnerId: network.scope.account,
  Associations: [
    {
      Main: true,
      RouteTableAssociationId: table.associationId,
      RouteTableId: table.id,
      AssociationState: {State: 'associated' as const},
    },
  ],
  PropagatingVgws: [],
  Routes: routesOf(network, table),
  Tags: tagList(table.tags),
})

/** The one attachment state of internet gateways; the SDK's enum has only those of interfaces and volumes. */
const gatewayAttached: string = 'available'

const internetGatewayView = ({id, vpcId, tags}: InternetGatewayRecord, account: string) => ({
  InternetGatewayId: id,
  OwnerId: account,
  Attachments: vpcId === undefined ? [] : [{State: gatewayAttached as AttachmentStatus, VpcId: vpcId}],
  Tags: tagList(tags),
})
