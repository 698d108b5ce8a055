import {XmlShapeDeserializer} from '@aws-sdk/core/protocols'
import {AwsFault} from '../../aws-fault.js'
import {bodyText} from '../http-message.js'
import type {RequestFaults} from '../service.js'
import type {ServiceDescription} from '../service-description.js'
import type {BodyCodec} from './http-bindings.js'
import {readBindings, writeBindings} from './http-bindings.js'
import type {WireProtocol} from './protocol.js'
import {MalformedInput, requestIdHeader} from './protocol.js'
import {matchOperation} from './uri-template.js'
import {xmlDocument, xmlErrorResponse} from './xml-document.js'
import {invalidInputMessage, xmlMemberName} from './xml-validation.js'

/** REST with XML bodies, as Route 53 speaks it. */
export function restXmlProtocol({xmlNamespace}: ServiceDescription): WireProtocol {
  const codec = xmlCodec(xmlNamespace)
  const headers = (requestId: string) => ({'content-type': 'text/xml', [requestIdHeader]: requestId})
  return {
    operationName: (request, operations) => matchOperation(request, operations)?.[2],

    readInput: (operation, request) => readBindings(operation, request, codec),

    writeOutput(operation, output, requestId) {
      const answer = writeBindings(operation, output, codec)
      return {...answer, headers: {...headers(requestId), ...answer.headers}}
    },

    writeFault: (fault, requestId) => ({
      status: fault.status,
      headers: headers(requestId),
      body: xmlErrorResponse(fault, fault.shapeName, requestId, xmlNamespace),
    }),

    faults: restXmlFaults(xmlNamespace),
    memberName: xmlMemberName,
  }
}

const xmlCodec = (xmlNamespace: string): BodyCodec => ({
  read(schema, request) {
    const timestampFormat = {useTrait: true, default: 5} as const
    const deserializer = new XmlShapeDeserializer({timestampFormat, xmlNamespace, serviceNamespace: ''})
    try {
      return deserializer.read(schema as Parameters<XmlShapeDeserializer['read']>[0], toBytes(bodyText(request)))
    } catch (error) {
      throw new MalformedInput(error instanceof Error ? error.message : String(error), {cause: error})
    }
  },
  write: (schema, value) => xmlDocument(schema, value, xmlNamespace),
})

const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const restXmlFaults = (xmlNamespace: string): RequestFaults => ({
  invalid: (violations, operation) =>
    new AwsFault('InvalidInput', invalidInputMessage(violations, operation, xmlNamespace)),
  malformed: (message) => new AwsFault('InvalidInput', `Invalid XML ; ${message}`),
  unknownMember: (path) => new AwsFault('InvalidInput', `Unknown element: ${path}`),
})
