import type {DelegationSet, HostedZone, VPC, VPCRegion} from '@aws-sdk/client-route-53'
import type {ZoneRecord} from './records.js'

export const zoneView = (zone: ZoneRecord): HostedZone => ({
  Id: `/hostedzone/${zone.id}`,
  Name: zone.name,
  CallerReference: zone.callerReference,
  Config: {...(zone.comment !== undefined && {Comment: zone.comment}), PrivateZone: zone.isPrivate},
  ResourceRecordSetCount: zone.recordSets.length,
})

/** Nobody delegates to a private zone: it is answered for inside its VPCs only. */
export const delegation = ({isPrivate, nameServers}: ZoneRecord): {DelegationSet?: DelegationSet} =>
  isPrivate ? {} : {DelegationSet: {NameServers: [...nameServers]}}

export const vpcViews = ({vpcs}: ZoneRecord): VPC[] =>
  vpcs.map(({region, id}) => ({VPCRegion: region as VPCRegion, VPCId: id}))
