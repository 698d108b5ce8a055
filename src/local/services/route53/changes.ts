import type {
  Change,
  ChangeResourceRecordSetsCommandInput,
  ChangeResourceRecordSetsCommandOutput,
} from '@aws-sdk/client-route-53'
import {ChangeResourceRecordSets$} from '@aws-sdk/client-route-53'
import type {LoadBalancerNamesPort} from '../../ports.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {aliasProblem} from './aliases.js'
import {normalName} from './domain-names.js'
import {invalidBatch, invalidInput} from './faults.js'
import {isSameSet, recordProblems} from './record-values.js'
import type {RecordSet, ZoneRecord} from './records.js'
import type {ZoneStore} from './zone-store.js'
import {isRequired} from './zones.js'

const BATCH_LIMIT = 1000

type Input = WithRequired<ChangeResourceRecordSetsCommandInput, 'HostedZoneId' | 'ChangeBatch'>

/** ChangeResourceRecordSets: all changes of a batch are made, or none. */
export const changeRecords = (store: ZoneStore, names: LoadBalancerNamesPort): Operation =>
  operation<Input, ChangeResourceRecordSetsCommandOutput>(ChangeResourceRecordSets$, (input, scope) => {
    const zone = store.get(scope, input.HostedZoneId)
    const {Changes = [], Comment} = input.ChangeBatch
    if (Changes.length > BATCH_LIMIT) throw invalidBatch([`Number of records limit of ${BATCH_LIMIT} exceeded.`])
    const batch = Changes.map(readChange)
    const after = applied(zone, batch)
    const written = batch.filter(({action}) => action !== 'DELETE')
    const problems = written.flatMap(({set}) => aliasProblem(set, after, {zone, names}) ?? [])
    if (problems.length > 0) throw invalidBatch(problems)
    zone.recordSets = after
    return {ChangeInfo: store.submit(scope, Comment)}
  })

interface ReadChange {
  readonly action: NonNullable<Change['Action']>
  readonly set: RecordSet
}

/** @throws AwsFault InvalidInput for a record set that is not one of values or an alias */
function readChange({Action = 'UPSERT', ResourceRecordSet: set}: Change): ReadChange {
  const Name = normalName(set?.Name ?? '')
  const Type = set?.Type ?? 'A'
  const hasValues = set?.TTL !== undefined && set.ResourceRecords !== undefined
  const isAlias = set?.AliasTarget !== undefined
  const isBoth = isAlias && (set?.TTL !== undefined || set?.ResourceRecords !== undefined)
  if (isBoth || hasValues === isAlias) {
    throw invalidInput(
      'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or' +
        ` TrafficPolicyInstanceId], but found ${isBoth ? 'more than one' : 'none'} in Change with [Action=${Action},` +
        ` Name=${Name}, Type=${Type}, SetIdentifier=${set?.SetIdentifier ?? 'null'}]`,
    )
  }
  const alias = set?.AliasTarget && {
    AliasTarget: {...set.AliasTarget, DNSName: normalName(set.AliasTarget.DNSName ?? '')},
  }
  return {action: Action, set: {...set, ...alias, Name, Type}}
}

/** The record sets of a zone after a batch. @throws AwsFault InvalidChangeBatch with all that is wrong with it */
function applied(zone: ZoneRecord, batch: readonly ReadChange[]): RecordSet[] {
  const problems: string[] = []
  const sets = new Map(zone.recordSets.map((set) => [keyOf(set), set]))
  const touched = new Map<string, ReadChange['action']>()
  for (const change of batch) {
    const {action, set} = change
    const key = keyOf(set)
    const before = touched.get(key)
    touched.set(key, action)
    if (before !== undefined && !(before === 'DELETE' && action === 'CREATE')) {
      problems.push(
        `The request contains an invalid set of changes for a resource record set '${set.Type} ${set.Name}'`,
      )
      continue
    }
    const found = changeProblems(zone, change, sets.get(key))
    problems.push(...found)
    if (found.length > 0) continue
    if (action === 'DELETE') sets.delete(key)
    else sets.set(key, set)
  }
  const after = [...sets.values()]
  problems.push(...batch.filter(({action}) => action !== 'DELETE').flatMap(({set}) => conflict(zone, set, after) ?? []))
  if (problems.length > 0) throw invalidBatch([...new Set(problems)])
  return after
}

function changeProblems(zone: ZoneRecord, {action, set}: ReadChange, present: RecordSet | undefined): string[] {
  if (action === 'DELETE') {
    const tried = `Tried to delete resource record set ${described(set)}`
    if (present === undefined) return [`${tried} but it was not found`]
    if (!isSameSet(present, set)) return [`${tried} but the values provided do not match the current values`]
    if (!isRequired(zone, set)) return []
    return [
      set.Type === 'SOA'
        ? 'A HostedZone must contain exactly one SOA record.'
        : 'A HostedZone must contain at least one NS record for the zone itself.',
    ]
  }
  if (action === 'CREATE' && present !== undefined) {
    return [`Tried to create resource record set ${described(set)} but it already exists`]
  }
  return recordProblems(zone, set)
}

/** A CNAME is alone at its name, which is not that of the zone, and so is a record set without an identifier among those of its name and type. */
function conflict(zone: ZoneRecord, set: RecordSet, after: readonly RecordSet[]): string | undefined {
  const {Name, Type, SetIdentifier} = set
  if (Type === 'CNAME' && Name === zone.name) return undefined
  const others = after.filter((other) => other.Name === Name && keyOf(other) !== keyOf(set))
  if (others.some((other) => other.Type !== Type && [Type, other.Type].includes('CNAME'))) {
    return (
      `RRSet of type ${Type} with DNS name ${Name} is not permitted as it conflicts with other records with the same` +
      ` DNS name in zone ${zone.name}`
    )
  }
  const mixed = others.some(
    (other) => other.Type === Type && (other.SetIdentifier === undefined) !== (SetIdentifier === undefined),
  )
  if (!mixed) return undefined
  return `RRSet with DNS name ${Name}, type ${Type} cannot be created as other RRSets exist with the same name and type.`
}

const keyOf = ({Name, Type, SetIdentifier = ''}: RecordSet): string => `${Name} ${Type} ${SetIdentifier}`

const described = ({Name, Type, SetIdentifier}: RecordSet): string =>
  `[name='${Name}', type='${Type}'${SetIdentifier === undefined ? '' : `, set-identifier='${SetIdentifier}'`}]`
