import {tagCertificate} from '../../acm/certificates.js'
import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import {plainDomain} from '../../lib/domain-name.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {HostedZone} from '../../route53/hosted-zones.js'
import {listPublicZones, zonesOf} from '../../route53/hosted-zones.js'
import type {RecordSet} from '../../route53/records.js'
import {changeRecords, findRecords} from '../../route53/records.js'
import {upperCaseTags, validationZoneTag} from '../tags.js'
import type {ProvingRecord} from './validation-state.js'

/** As the Go CLI: nothing changes these records for as long as the certificate is renewed. */
const TTL_SECONDS = 86_400

type Aws = Pick<AwsClients, 'acm' | 'route53'>

export interface ZoneRecords {
  readonly zone: HostedZone
  readonly records: readonly ProvingRecord[]
}

export interface PlacedRecords {
  readonly inZones: readonly ZoneRecords[]
  /** Those of domains whose DNS is somewhere else. */
  readonly elsewhere: readonly ProvingRecord[]
}

/** Puts each record to the public zones of Route 53 that hold its domain. */
export async function placeRecords(aws: Aws, records: readonly ProvingRecord[]): Promise<PlacedRecords> {
  if (records.length === 0) return {inZones: [], elsewhere: []}
  const zones = await listPublicZones(aws.route53)
  const placed = new Map<HostedZone, ProvingRecord[]>()
  const elsewhere: ProvingRecord[] = []
  for (const record of records) {
    const own = zonesOf(zones, record.name)
    if (own.length === 0) elsewhere.push(record)
    for (const zone of own) placed.set(zone, [...(placed.get(zone) ?? []), record])
  }
  return {inZones: [...placed].map(([zone, own]) => ({zone, records: own})), elsewhere}
}

/**
 * Makes the records of a zone, in one batch. Where none of them was there before, a tag of the certificate says so, and
 * they may be deleted with it.
 */
export function zoneRecordsStep(aws: Aws, certificateArn: string, {zone, records}: ZoneRecords): Step<void> {
  let areAllNew = false
  return step<void>({
    id: `records-${zone.id}`,
    title: `validation records in zone ${zone.name} (${zone.id})`,
    look: async () => {
      const found = await inParallel(records, (record) => findRecords(aws.route53, zone.id, record.name))
      const missing = records.filter((record, index) => !found[index]?.some((set) => isSameRecord(set, record)))
      if (missing.length === 0) return {state: 'present', value: undefined}
      const detail = missing.map(({name}) => name).join(', ')
      const sets = found.flat()
      areAllNew = sets.length === 0
      const replaces = missing.some(({name}) => sets.some((set) => plainDomain(set.Name ?? '') === plainDomain(name)))
      return replaces ? {state: 'differs', value: undefined, detail} : {state: 'absent', detail}
    },
    apply: async () => {
      const changes = records.map((record) => ({Action: 'UPSERT' as const, ResourceRecordSet: recordSetOf(record)}))
      await changeRecords(aws.route53, zone.id, changes)
      if (areAllNew)
        await tagCertificate(aws.acm, certificateArn, upperCaseTags({[validationZoneTag(zone.id)]: 'made'}))
    },
  })
}

const recordSetOf = ({name, value}: ProvingRecord): RecordSet => ({
  Name: name,
  Type: 'CNAME',
  TTL: TTL_SECONDS,
  ResourceRecords: [{Value: value}],
})

/** Whether a record set is what ACM asks for, whatever its time to live. */
export const isSameRecord = ({Type, ResourceRecords = []}: RecordSet, {type, value}: ProvingRecord): boolean =>
  Type === type && ResourceRecords.length === 1 && plainDomain(ResourceRecords[0]?.Value ?? '') === plainDomain(value)
