import {isIPv4, isIPv6} from 'node:net'
import {isWithin, normalName} from './domain-names.js'
import type {RecordSet, ZoneRecord} from './records.js'

const VALUE_LIMIT = 400

/** What is wrong with a value, by the type of its record set, in Route 53's words. */
const PROBLEMS: Readonly<Record<string, (value: string) => string | undefined>> = {
  A: (value) => (isIPv4(value) ? undefined : 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)'),
  AAAA: (value) => (isIPv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)'),
  CNAME: (value) => (/^[^\s"]+$/.test(value) ? undefined : 'DomainLabelEmpty (Domain label is empty)'),
  TXT: (value) =>
    /^("(?:\\.|[^"\\])*"\s*)+$/.test(value)
      ? undefined
      : 'InvalidCharacterString (Value should be enclosed in quotation marks)',
}

/** What Route 53 refuses in a record set that is to be written, whatever else the zone holds. */
export function recordProblems(zone: ZoneRecord, set: RecordSet): string[] {
  const {Name, Type, ResourceRecords = []} = set
  if (!isWithin(Name, zone.name)) return [`RRSet with DNS name ${Name} is not permitted in zone ${zone.name}`]
  const values = ResourceRecords.map(({Value = ''}) => Value)
  const problems = values.flatMap((value) => {
    const problem = PROBLEMS[Type]?.(value)
    return problem === undefined
      ? []
      : `Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`
  })
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) problems.push(`Duplicate Resource Record: '${twice}'`)
  if (values.length > VALUE_LIMIT) problems.push(`Number of values limit of ${VALUE_LIMIT} exceeded.`)
  if (Type === 'CNAME' && Name === zone.name) {
    problems.push(`RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone.name}`)
  }
  if (Type === 'CNAME' && values.length > 1) {
    problems.push(`RRSet with DNS name ${Name}, type CNAME can have only one value`)
  }
  return problems
}

/** Whether two record sets say the same; the order of values makes no difference. */
export const isSameSet = (one: RecordSet, other: RecordSet): boolean => canonical(one) === canonical(other)

function canonical({ResourceRecords, AliasTarget, ...rest}: RecordSet): string {
  const values = (ResourceRecords ?? []).map(({Value = ''}) => Value).toSorted()
  const alias = AliasTarget && {...AliasTarget, DNSName: normalName(AliasTarget.DNSName ?? '')}
  return JSON.stringify([
    Object.entries({...rest, alias})
      .filter(([, value]) => value !== undefined)
      .toSorted(),
    values,
  ])
}
