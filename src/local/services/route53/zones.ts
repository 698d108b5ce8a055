import type {
  CreateHostedZoneCommandInput,
  CreateHostedZoneCommandOutput,
  DeleteHostedZoneCommandInput,
  DeleteHostedZoneCommandOutput,
  GetChangeCommandInput,
  GetChangeCommandOutput,
  GetHostedZoneCommandInput,
  GetHostedZoneCommandOutput,
  GetHostedZoneCountCommandInput,
  GetHostedZoneCountCommandOutput,
  UpdateHostedZoneCommentCommandInput,
  UpdateHostedZoneCommentCommandOutput,
} from '@aws-sdk/client-route-53'
import {
  CreateHostedZone$,
  DeleteHostedZone$,
  GetChange$,
  GetHostedZone$,
  GetHostedZoneCount$,
  UpdateHostedZoneComment$,
} from '@aws-sdk/client-route-53'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {checkDomainName, normalName} from './domain-names.js'
import {invalidInput} from './faults.js'
import type {RecordSet, ZoneRecord} from './records.js'
import {delegation, vpcViews, zoneView} from './views.js'
import type {ZoneStore} from './zone-store.js'

const ZONE_LIMIT = 500

/** Those of every private zone. */
const PRIVATE_NAME_SERVERS = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
]

type CreateInput = WithRequired<CreateHostedZoneCommandInput, 'Name' | 'CallerReference'>
type DeleteInput = WithRequired<DeleteHostedZoneCommandInput, 'Id'>
type CommentInput = WithRequired<UpdateHostedZoneCommentCommandInput, 'Id'>

/** CreateHostedZone, GetHostedZone, DeleteHostedZone, their count and comments, and GetChange. */
export const zoneOperations = (store: ZoneStore): Operation[] => [
  operation<CreateInput, CreateHostedZoneCommandOutput>(CreateHostedZone$, (input, scope) => {
    checkNewZone(store, input, scope)
    const zone = store.add(scope, newZone(input, store.newNameServers()))
    return {
      HostedZone: zoneView(zone),
      ChangeInfo: store.submit(scope),
      // A private zone has none; the SDK's type does not know that.
      DelegationSet: delegation(zone).DelegationSet as CreateHostedZoneCommandOutput['DelegationSet'],
      ...(zone.isPrivate && {VPC: vpcViews(zone)[0]}),
      Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
    }
  }),

  operation<WithRequired<GetHostedZoneCommandInput, 'Id'>, GetHostedZoneCommandOutput>(
    GetHostedZone$,
    (input, scope) => {
      const zone = store.get(scope, input.Id)
      return {HostedZone: zoneView(zone), ...delegation(zone), ...(zone.isPrivate && {VPCs: vpcViews(zone)})}
    },
  ),

  operation<DeleteInput, DeleteHostedZoneCommandOutput>(DeleteHostedZone$, (input, scope) => {
    const zone = store.get(scope, input.Id)
    if (zone.recordSets.some((set) => !isRequired(zone, set))) {
      throw new AwsFault(
        'HostedZoneNotEmpty',
        'The specified hosted zone contains non-required resource record sets  and so cannot be deleted.',
      )
    }
    store.remove(scope, zone)
    return {ChangeInfo: store.submit(scope)}
  }),

  operation<GetHostedZoneCountCommandInput, GetHostedZoneCountCommandOutput>(GetHostedZoneCount$, (_, scope) => ({
    HostedZoneCount: store.list(scope).length,
  })),

  operation<CommentInput, UpdateHostedZoneCommentCommandOutput>(UpdateHostedZoneComment$, (input, scope) => {
    const zone = store.get(scope, input.Id)
    if (input.Comment === undefined) delete zone.comment
    else zone.comment = input.Comment
    return {HostedZone: zoneView(zone)}
  }),

  operation<WithRequired<GetChangeCommandInput, 'Id'>, GetChangeCommandOutput>(GetChange$, (input, scope) => ({
    ChangeInfo: store.change(scope, input.Id),
  })),
]

/** Whether a record set came with the zone and goes with it: the SOA, and the NS of the zone itself. */
export const isRequired = ({name}: ZoneRecord, {Name, Type}: RecordSet): boolean =>
  Name === name && (Type === 'SOA' || Type === 'NS')

function checkNewZone(store: ZoneStore, input: CreateInput, scope: Scope): void {
  checkDomainName(input.Name)
  const zones = store.list(scope)
  if (zones.some(({callerReference}) => callerReference === input.CallerReference)) {
    throw new AwsFault(
      'HostedZoneAlreadyExists',
      'A hosted zone has already been created with the specified caller reference.',
    )
  }
  if (zones.length >= ZONE_LIMIT) {
    throw new AwsFault('TooManyHostedZones', `Limits Exceeded: Max hosted zones limit of ${ZONE_LIMIT} is reached.`)
  }
  if (input.DelegationSetId !== undefined) {
    throw invalidInput('Reusable delegation sets are not emulated by the local AWS')
  }
  if (input.HostedZoneConfig?.PrivateZone === true && input.VPC === undefined) {
    throw invalidInput(
      'When you are creating a private hosted zone (when you specify true for PrivateZone), you must also specify values for VPCId and VPCRegion.',
    )
  }
  const name = normalName(input.Name)
  const vpcId = input.VPC?.VPCId
  const conflicting = zones.find((zone) => zone.name === name && zone.vpcs.some(({id}) => id === vpcId))
  if (conflicting !== undefined) {
    throw new AwsFault(
      'ConflictingDomainExists',
      `The VPC ${vpcId} in region ${input.VPC?.VPCRegion} has already been associated with the hosted zone` +
        ` ${conflicting.id} with the same domain name.`,
    )
  }
}

function newZone(input: CreateInput, nameServers: readonly string[]): Omit<ZoneRecord, 'id'> {
  const name = normalName(input.Name)
  const servers = input.VPC === undefined ? nameServers : PRIVATE_NAME_SERVERS
  const comment = input.HostedZoneConfig?.Comment
  return {
    name,
    callerReference: input.CallerReference,
    ...(comment !== undefined && {comment}),
    isPrivate: input.VPC !== undefined,
    vpcs: input.VPC === undefined ? [] : [{region: input.VPC.VPCRegion ?? '', id: input.VPC.VPCId ?? ''}],
    nameServers: servers,
    recordSets: [
      {Name: name, Type: 'NS', TTL: 172_800, ResourceRecords: servers.map((server) => ({Value: `${server}.`}))},
      {Name: name, Type: 'SOA', TTL: 900, ResourceRecords: [{Value: startOfAuthority(servers[0])}]},
    ],
    tags: {},
  }
}

const startOfAuthority = (server = ''): string => `${server}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`
