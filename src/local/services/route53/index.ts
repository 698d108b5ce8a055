import {Route53Client} from '@aws-sdk/client-route-53'
import type {Clock} from '../../clock.js'
import type {DnsPort, LoadBalancerNamesPort} from '../../ports.js'
import type {LocalService} from '../../wire/service.js'
import {changeRecords} from './changes.js'
import {normalName} from './domain-names.js'
import {listingOperations} from './listing.js'
import {tagOperations} from './tags.js'
import {ZoneStore} from './zone-store.js'
import {zoneOperations} from './zones.js'

export interface Route53Options {
  readonly clock: Clock
  /** Answers numbers from 0 to below 1. */
  readonly random: () => number
  readonly loadBalancerNames: LoadBalancerNamesPort
}

/** Route 53: hosted zones and what is in them. No name server answers for them. */
export function createRoute53({clock, random, loadBalancerNames}: Route53Options): {
  service: LocalService
  dns: DnsPort
  state: ZoneStore
} {
  const store = new ZoneStore(clock, random)
  const operations = [
    ...zoneOperations(store),
    ...listingOperations(store),
    changeRecords(store, loadBalancerNames),
    ...tagOperations(store),
  ]
  return {service: {signingName: 'route53', client: Route53Client, operations}, dns: dnsPort(store), state: store}
}

const dnsPort = (store: ZoneStore): DnsPort => ({
  hasRecord(scope, name, type, value) {
    const sets = store.list(scope).flatMap(({isPrivate, recordSets}) => (isPrivate ? [] : recordSets))
    const wanted = comparable(value, type)
    return sets.some(
      ({Name, Type, ResourceRecords = []}) =>
        Name === normalName(name) &&
        Type === type &&
        ResourceRecords.some(({Value = ''}) => comparable(Value, type) === wanted),
    )
  },
})

/** Values of these types are names; those of others count as they stand. */
const comparable = (value: string, type: string): string =>
  ['CNAME', 'NS', 'PTR'].includes(type) ? normalName(value) : value
