import type {LoadBalancerNamesPort} from '../../ports.js'
import {isWithin} from './domain-names.js'
import type {RecordSet, ZoneRecord} from './records.js'

/**
 * What is wrong with the target of an alias: it is a record set of the same zone, or a load balancer, named with the
 * zone that AWS keeps its name in. Other targets cannot be checked here and are taken to be there.
 */
export function aliasProblem(
  {Type, AliasTarget}: RecordSet,
  sets: readonly RecordSet[],
  {zone, names}: {readonly zone: ZoneRecord; readonly names: LoadBalancerNamesPort},
): string | undefined {
  if (AliasTarget === undefined) return undefined
  const {DNSName: target = '', HostedZoneId: targetZone = ''} = AliasTarget
  const tried = `Tried to create an alias that targets ${target}, type ${Type} in zone ${targetZone},`
  if (targetZone === zone.id) {
    if (!isWithin(target, zone.name)) return `${tried} but the alias target name does not lie within the target zone`
    const found = sets.some((set) => set.Name === target && set.Type === Type)
    return found ? undefined : `${tried} but that target was not found`
  }
  if (!/\.elb\.(localhost|amazonaws\.com)\.$/.test(target)) return undefined
  const zoneOfName = names.hostedZoneOf(target.replace(/^dualstack\./, '').replace(/\.$/, ''))
  if (zoneOfName === undefined) return `${tried} but that target was not found`
  if (zoneOfName === targetZone) return undefined
  return `${tried} but the alias target name does not lie within the target zone`
}
