import type {ResourceRecordSet} from '@aws-sdk/client-route-53'
import {plainDomain} from '../lib/domain-name.js'
import type {Route53} from './sdk.js'

/** A record set as Route 53 has it: to be deleted it must be named with all its members. */
export type RecordSet = ResourceRecordSet

export interface RecordChange {
  readonly Action: 'CREATE' | 'DELETE' | 'UPSERT'
  readonly ResourceRecordSet: RecordSet
}

/** All record sets of one name, of every type. */
export async function findRecords(route53: Route53, zoneId: string, name: string): Promise<RecordSet[]> {
  const found: RecordSet[] = []
  let next: {StartRecordType?: NonNullable<RecordSet['Type']>; StartRecordIdentifier?: string} = {}
  for (;;) {
    const page = await route53('ListResourceRecordSets', {HostedZoneId: zoneId, StartRecordName: name, ...next})
    const sets = page.ResourceRecordSets ?? []
    found.push(...sets.filter((set) => isSameName(set.Name ?? '', name)))
    // Record sets come in the order of their names, so what follows another name is of others too.
    if (!page.IsTruncated || !isSameName(page.NextRecordName ?? '', name)) return found
    next = {
      ...(page.NextRecordType !== undefined && {StartRecordType: page.NextRecordType}),
      ...(page.NextRecordIdentifier !== undefined && {StartRecordIdentifier: page.NextRecordIdentifier}),
    }
  }
}

/** Makes all the changes or none. Answers the id by which their way to the name servers is followed. */
export async function changeRecords(
  route53: Route53,
  zoneId: string,
  changes: readonly RecordChange[],
): Promise<string> {
  const {ChangeInfo} = await route53('ChangeResourceRecordSets', {
    HostedZoneId: zoneId,
    ChangeBatch: {Changes: changes.map((change) => ({...change}))},
  })
  const id = ChangeInfo?.Id ?? ''
  return id.slice(id.lastIndexOf('/') + 1)
}

/** Whether all name servers of Route 53 answer with a change by now. */
export async function isInSync(route53: Route53, changeId: string): Promise<boolean> {
  const {ChangeInfo} = await route53('GetChange', {Id: changeId})
  return ChangeInfo?.Status === 'INSYNC'
}

/** Whether two names are the same; Route 53 answers `*` as its octal code. */
export const isSameName = (one: string, other: string): boolean => comparable(one) === comparable(other)

const comparable = (name: string): string =>
  plainDomain(name.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))))
