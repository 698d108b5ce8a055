import type {Change, CreateHostedZoneCommandInput, RRType} from '@aws-sdk/client-route-53'
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {seededRandom} from '../../../../../src/local/random.js'
import {createRoute53} from '../../../../../src/local/services/route53/index.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'

export const LOAD_BALANCER = 'web-1.us-east-1.elb.localhost'
export const LOAD_BALANCER_ZONE = 'Z35SXDOTRQ7X7K'

/** A Route 53 with a load balancer to point at; `zone` makes a hosted zone and answers its id. */
export function createScene() {
  const clock = new VirtualClock()
  const loadBalancerNames = {
    hostedZoneOf: (name: string) => (name === LOAD_BALANCER ? LOAD_BALANCER_ZONE : undefined),
  }
  const {service, dns, state} = createRoute53({clock, random: seededRandom(1), loadBalancerNames})
  const client = inProcessClient(Route53Client, service)
  let references = 0

  async function zone(Name = 'example.com', more: Partial<CreateHostedZoneCommandInput> = {}): Promise<string> {
    const command = new CreateHostedZoneCommand({Name, CallerReference: `ref-${++references}`, ...more})
    const {HostedZone} = await client.send(command)
    return HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
  }

  const change = (HostedZoneId: string, ...Changes: Change[]) =>
    client.send(new ChangeResourceRecordSetsCommand({HostedZoneId, ChangeBatch: {Changes}}))

  async function records(HostedZoneId: string): Promise<string[]> {
    const {ResourceRecordSets = []} = await client.send(new ListResourceRecordSetsCommand({HostedZoneId}))
    return ResourceRecordSets.map(({Name, Type}) => `${Name} ${Type}`)
  }

  return {clock, client, dns, service, state, zone, change, records}
}

/** One change of a record set with values. */
export const set = (
  Action: 'CREATE' | 'UPSERT' | 'DELETE',
  Name: string,
  Type: RRType,
  values: string | readonly string[],
  more: object = {},
): Change => ({
  Action,
  ResourceRecordSet: {Name, Type, TTL: 60, ResourceRecords: [values].flat().map((Value) => ({Value})), ...more},
})

export const alias = (Name: string, DNSName: string, HostedZoneId: string): Change => ({
  Action: 'UPSERT',
  ResourceRecordSet: {Name, Type: 'A', AliasTarget: {DNSName, HostedZoneId, EvaluateTargetHealth: false}},
})
