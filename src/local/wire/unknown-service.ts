import {AwsFault} from '../aws-fault.js'
import {resolveFault} from './error-shape.js'
import type {WireRequest, WireResponse} from './http-message.js'
import type {WireProtocol} from './protocols/protocol.js'
import {protocolOf} from './protocols/protocol-of.js'
import type {ServiceDescription} from './service-description.js'

const noService: Omit<ServiceDescription, 'protocolId'> = {
  serviceTarget: '',
  version: '',
  xmlNamespace: '',
  awsQueryCompatible: false,
  errorRegistries: [],
}

/** All AWS services that speak REST with XML; their GET requests look like those of REST with JSON. */
const restXmlServices = ['s3', 'route53', 'cloudfront']

/** Answers a fault where no service is known that would say in which protocol. */
export function answerUnknownService(
  request: WireRequest,
  serviceName: string,
  fault: AwsFault,
  requestId: string,
): WireResponse {
  return guessProtocol(request, serviceName).writeFault(resolveFault(fault, []), requestId)
}

function guessProtocol(request: WireRequest, serviceName: string): WireProtocol {
  const protocol = (id: string) => protocolOf({...noService, protocolId: `aws.protocols#${id}`})
  if (request.headers['x-amz-target'] !== undefined) return protocol('awsJson1_1')
  if (restXmlServices.includes(serviceName)) return protocol('restXml')
  const contentType = request.headers['content-type'] ?? ''
  return protocol(contentType.startsWith('application/x-www-form-urlencoded') ? 'awsQuery' : 'restJson1')
}

/** The fault for what the local AWS does not do. 501 so that no SDK retries it. */
export const notEmulated = (service: string, operation: string): AwsFault =>
  new AwsFault('NotImplemented', `The local AWS does not emulate ${service}: ${operation}`, {status: 501})
