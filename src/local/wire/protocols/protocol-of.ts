import type {ServiceDescription} from '../service-description.js'
import {ec2Protocol} from './ec2.js'
import {jsonProtocol} from './json.js'
import type {WireProtocol} from './protocol.js'
import {queryProtocol} from './query.js'
import {restJsonProtocol} from './rest-json.js'
import {restXmlProtocol} from './rest-xml.js'

const protocols: Readonly<Record<string, (service: ServiceDescription) => WireProtocol>> = {
  'aws.protocols#awsJson1_0': (service) => jsonProtocol(service, '1.0'),
  'aws.protocols#awsJson1_1': (service) => jsonProtocol(service, '1.1'),
  'aws.protocols#awsQuery': queryProtocol,
  'aws.protocols#ec2Query': ec2Protocol,
  'aws.protocols#restXml': restXmlProtocol,
  'aws.protocols#restJson1': restJsonProtocol,
}

/** The server's half of the protocol that a client speaks. Throws for one that is none of the six. */
export function protocolOf(service: ServiceDescription): WireProtocol {
  const protocol = protocols[service.protocolId]
  if (protocol === undefined) throw new Error(`the wire does not speak ${service.protocolId}`)
  return protocol(service)
}
