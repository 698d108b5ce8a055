import type {
  AvailabilityZone,
  DescribeAvailabilityZonesCommandInput,
  DescribeAvailabilityZonesCommandOutput,
} from '@aws-sdk/client-ec2'
import {DescribeAvailabilityZones$} from '@aws-sdk/client-ec2'
import type {Operation} from '../../wire/service.js'
import {ec2Operation} from './dry-run.js'
import {invalidValue} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyFilters} from './filters.js'

export interface Zone {
  readonly name: string
  readonly id: string
  readonly group: string
}

const directions: Readonly<Record<string, string>> = {
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  gov: 'g',
}

/** The short name that zone ids are made of: `use1` for `us-east-1`, `apse2` for `ap-southeast-2`. */
function shortRegionName(region: string): string {
  const [area = '', ...words] = region.split('-')
  return area + words.map((word) => directions[word] ?? word).join('')
}

/** The three Availability Zones that the local AWS has in every region. */
export const zonesOf = (region: string): Zone[] =>
  ['a', 'b', 'c'].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${shortRegionName(region)}-az${index + 1}`,
    group: `${region}-zg-1`,
  }))

const filterFields = (region: string): FilterFields<Zone> => ({
  'zone-name': (zone) => [zone.name],
  'zone-id': (zone) => [zone.id],
  'group-name': (zone) => [zone.group],
  'region-name': () => [region],
  state: () => ['available'],
  'opt-in-status': () => ['opt-in-not-required'],
  'zone-type': () => ['availability-zone'],
  message: () => [],
  'parent-zone-id': () => [],
  'parent-zone-name': () => [],
})

export const describeAvailabilityZones: Operation = ec2Operation<
  DescribeAvailabilityZonesCommandInput,
  DescribeAvailabilityZonesCommandOutput
>(DescribeAvailabilityZones$, (input, {region}) => {
  const zones = zonesOf(region)
  const unknown = [
    ...(input.ZoneNames ?? []).filter((name) => !zones.some((zone) => zone.name === name)),
    ...(input.ZoneIds ?? []).filter((id) => !zones.some((zone) => zone.id === id)),
  ]
  if (unknown.length > 0) throw invalidValue(`Invalid availability zone: [${unknown.join(', ')}]`)

  const named = zones.filter((zone) => input.ZoneNames?.includes(zone.name) ?? true)
  const chosen = named.filter((zone) => input.ZoneIds?.includes(zone.id) ?? true)
  return {
    AvailabilityZones: applyFilters(chosen, input.Filters, filterFields(region)).map((zone) => view(zone, region)),
  }
})

const view = (zone: Zone, region: string): AvailabilityZone => ({
  ZoneName: zone.name,
  ZoneId: zone.id,
  GroupName: zone.group,
  RegionName: region,
  NetworkBorderGroup: region,
  State: 'available',
  OptInStatus: 'opt-in-not-required',
  ZoneType: 'availability-zone',
  Messages: [],
})
