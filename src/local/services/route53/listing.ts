import type {
  ListHostedZonesByNameCommandInput,
  ListHostedZonesByNameCommandOutput,
  ListHostedZonesCommandInput,
  ListHostedZonesCommandOutput,
  ListResourceRecordSetsCommandInput,
  ListResourceRecordSetsCommandOutput,
} from '@aws-sdk/client-route-53'
import {ListHostedZones$, ListHostedZonesByName$, ListResourceRecordSets$} from '@aws-sdk/client-route-53'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {sortKey} from './domain-names.js'
import {invalidInput} from './faults.js'
import type {RecordSet, ZoneRecord} from './records.js'
import {zoneView} from './views.js'
import type {ZoneStore} from './zone-store.js'

const ZONES_LIMIT = 100
const RECORDS_LIMIT = 300

type RecordsInput = WithRequired<ListResourceRecordSetsCommandInput, 'HostedZoneId'>

/** ListHostedZones, ListHostedZonesByName and ListResourceRecordSets: pages say with which item the next one begins. */
export const listingOperations = (store: ZoneStore): Operation[] => [
  operation<ListHostedZonesCommandInput, ListHostedZonesCommandOutput>(ListHostedZones$, (input, scope) => {
    const zones = store
      .list(scope)
      .filter(({id}) => id >= (input.Marker ?? ''))
      .filter(({isPrivate}) => input.HostedZoneType !== 'PrivateHostedZone' || isPrivate)
    const {items, next, limit} = pageOf(zones, input.MaxItems, ZONES_LIMIT)
    return {
      HostedZones: items.map(zoneView),
      // The SDK's type wants a marker; AWS answers the one of the request, if there is one.
      Marker: input.Marker,
      IsTruncated: next !== undefined,
      ...(next !== undefined && {NextMarker: next.id}),
      MaxItems: limit,
    }
  }),

  operation<ListHostedZonesByNameCommandInput, ListHostedZonesByNameCommandOutput>(
    ListHostedZonesByName$,
    (input, scope) => {
      const {DNSName, HostedZoneId} = input
      if (HostedZoneId !== undefined && DNSName === undefined) {
        throw invalidInput('You must specify a DNS name if you specify a hosted zone ID.')
      }
      const start = DNSName === undefined ? [] : [sortKey(DNSName), HostedZoneId ?? '']
      const zones = store.list(scope).toSorted((one, other) => compare(zoneKey(one), zoneKey(other)))
      const rest = zones.filter((zone) => compare(zoneKey(zone), start) >= 0)
      const {items, next, limit} = pageOf(rest, input.MaxItems, ZONES_LIMIT)
      return {
        HostedZones: items.map(zoneView),
        ...(DNSName !== undefined && {DNSName}),
        ...(HostedZoneId !== undefined && {HostedZoneId}),
        IsTruncated: next !== undefined,
        ...(next !== undefined && {NextDNSName: next.name, NextHostedZoneId: next.id}),
        MaxItems: limit,
      }
    },
  ),

  operation<RecordsInput, ListResourceRecordSetsCommandOutput>(ListResourceRecordSets$, (input, scope) => {
    const zone = store.get(scope, input.HostedZoneId)
    const start = startKey(input)
    const sets = zone.recordSets.toSorted((one, other) => compare(recordKey(one), recordKey(other)))
    const rest = sets.filter((set) => compare(recordKey(set), start) >= 0)
    const {items, next, limit} = pageOf(rest, input.MaxItems, RECORDS_LIMIT)
    return {
      ResourceRecordSets: [...items],
      IsTruncated: next !== undefined,
      ...(next !== undefined && {NextRecordName: next.Name, NextRecordType: next.Type}),
      ...(next?.SetIdentifier !== undefined && {NextRecordIdentifier: next.SetIdentifier}),
      MaxItems: limit,
    }
  }),
]

const zoneKey = ({name, id}: ZoneRecord): string[] => [sortKey(name), id]

const recordKey = ({Name, Type, SetIdentifier = ''}: RecordSet): string[] => [sortKey(Name), Type, SetIdentifier]

function startKey({StartRecordName, StartRecordType, StartRecordIdentifier}: RecordsInput): string[] {
  if (StartRecordName === undefined) {
    if (StartRecordType === undefined) return []
    throw invalidInput('The request must specify a record name if it specifies a record type.')
  }
  if (StartRecordIdentifier !== undefined && StartRecordType === undefined) {
    throw invalidInput('The request must specify a record type if it specifies a record identifier.')
  }
  return [sortKey(StartRecordName), StartRecordType ?? '', StartRecordIdentifier ?? '']
}

/** Part by part, in the order of ASCII; what a key does not have comes first. */
function compare(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [first = '', second = ''] = [one[index], other[index]]
    if (first !== second) return first < second ? -1 : 1
  }
  return 0
}

/** A page, and the item after it. @throws AwsFault InvalidInput for a size that is no number from 1 on */
function pageOf<Item>(items: readonly Item[], maxItems: number | undefined, most: number) {
  const wanted = maxItems ?? most
  if (!Number.isInteger(wanted) || wanted < 1) throw invalidInput(`${maxItems} is not a valid value for maxitems`)
  const limit = Math.min(wanted, most)
  return {items: items.slice(0, limit), next: items[limit], limit}
}
