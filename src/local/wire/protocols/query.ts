import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef} from '@smithy/types'
import {AwsFault} from '../../aws-fault.js'
import {validationMessage} from '../../constraints/violation.js'
import type {WireRequest} from '../http-message.js'
import {formParameters} from '../http-message.js'
import type {RequestFaults} from '../service.js'
import type {ServiceDescription} from '../service-description.js'
import type {WireProtocol} from './protocol.js'
import {requestIdHeader} from './protocol.js'
import {readQueryInput} from './query-request.js'
import {structure, xmlDocument, xmlErrorResponse} from './xml-document.js'

/** The AWS query protocol: ELBv2, IAM, STS. A form goes in, and XML with a nested result comes out. */
export function queryProtocol({version, xmlNamespace}: ServiceDescription): WireProtocol {
  const headers = (requestId: string) => ({'content-type': 'text/xml', [requestIdHeader]: requestId})
  return {
    operationName: (request) => queryAction(request, version),

    readInput: (operation, request) => readQueryInput(operation[4], formParameters(request), {ec2: false}),

    writeOutput(operation, output, requestId) {
      const [, , name, , , outputSchema] = operation
      const empty = NormalizedSchema.of(outputSchema).isUnitSchema()
      const result: Record<string, $SchemaRef> = empty ? {} : {[`${name}Result`]: outputSchema}
      const metadata = structure('ResponseMetadata', {RequestId: 0})
      const schema = structure(`${name}Response`, {...result, ResponseMetadata: () => metadata})
      const value = {[`${name}Result`]: output, ResponseMetadata: {RequestId: requestId}}
      return {status: 200, headers: headers(requestId), body: xmlDocument(schema, value, xmlNamespace)}
    },

    writeFault: (fault, requestId) => ({
      status: fault.status,
      headers: headers(requestId),
      body: xmlErrorResponse(fault, fault.queryCode, requestId, xmlNamespace),
    }),

    faults: queryFaults,
  }
}

/** The Action parameter, where the Version is the service's or is not given. */
export function queryAction(request: WireRequest, version: string): string | undefined {
  const parameters = formParameters(request)
  return (parameters.get('Version') ?? version) === version ? (parameters.get('Action') ?? undefined) : undefined
}

const queryFaults: RequestFaults = {
  invalid: (violations) => new AwsFault('ValidationError', validationMessage(violations)),
  malformed: (message) => new AwsFault('MalformedInput', message),
  unknownMember: (path) => new AwsFault('ValidationError', `Unknown parameter: ${path}`),
}
