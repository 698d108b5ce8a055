import {collect} from '../aws/paging.js'
import {isWithinDomain, plainDomain} from '../lib/domain-name.js'
import type {Route53} from './sdk.js'

export interface HostedZone {
  /** Without `/hostedzone/` before it. */
  readonly id: string
  /** Without its final dot. */
  readonly name: string
}

/** The zones of the account that the internet sees; a private one is answered for inside its VPCs only. */
export async function listPublicZones(route53: Route53): Promise<HostedZone[]> {
  const zones = await collect(
    (Marker) => route53('ListHostedZones', {...(Marker && {Marker})}),
    (page) => page.NextMarker,
    (page) => page.HostedZones,
  )
  return zones
    .filter(({Config}) => Config?.PrivateZone !== true)
    .map(({Id = '', Name = ''}) => ({id: Id.slice(Id.lastIndexOf('/') + 1), name: plainDomain(Name)}))
}

/**
 * The zones that hold the records of a name: those of the longest domain, compared label by label. An account can have
 * several of one domain, of which only the one that the domain's registrar names is asked by anybody.
 */
export function zonesOf(zones: readonly HostedZone[], name: string): HostedZone[] {
  const above = zones.filter((zone) => isWithinDomain(name, zone.name))
  const longest = Math.max(0, ...above.map((zone) => zone.name.length))
  return above.filter((zone) => zone.name.length === longest)
}
