import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, StaticOperationSchema} from '@smithy/types'
import {AwsFault} from '../../aws-fault.js'
import type {Violation} from '../../constraints/violation.js'
import {formParameters} from '../http-message.js'
import type {RequestFaults} from '../service.js'
import type {ServiceDescription} from '../service-description.js'
import type {WireProtocol} from './protocol.js'
import {requestIdHeader} from './protocol.js'
import {queryAction} from './query.js'
import {memberKey, readQueryInput} from './query-request.js'
import {structure, xmlDocument} from './xml-document.js'

/** EC2's own query protocol: results are not nested, and errors have an envelope of their own. */
export function ec2Protocol({version, xmlNamespace}: ServiceDescription): WireProtocol {
  const headers = (requestId: string) => ({'content-type': 'text/xml;charset=UTF-8', [requestIdHeader]: requestId})
  return {
    operationName: (request) => queryAction(request, version),

    readInput: (operation, request) => readQueryInput(operation[4], formParameters(request), {ec2: true}),

    writeOutput(operation, output, requestId) {
      const schema = structure(`${operation[2]}Response`, {requestId: 0, ...outputMembers(operation)})
      const value = {return: true, ...output, requestId}
      return {status: 200, headers: headers(requestId), body: xmlDocument(schema, value, xmlNamespace)}
    },

    writeFault({status, queryCode, message}, requestId) {
      const error = structure('Error', {Code: 0, Message: 0})
      const errors = structure('Errors', {Error: () => error})
      const schema = structure('Response', {Errors: () => errors, RequestID: 0})
      const value = {Errors: {Error: {Code: queryCode, Message: message}}, RequestID: requestId}
      return {status, headers: headers(requestId), body: xmlDocument(schema, value, '')}
    },

    faults: ec2Faults,
    memberName: (name, traits) => memberKey(name, traits, {ec2: true}),
  }
}

/** The members of the output; operations without any answer `<return>true</return>`. */
function outputMembers(operation: StaticOperationSchema): Record<string, $SchemaRef> {
  const output = NormalizedSchema.of(operation[5])
  if (output.isUnitSchema()) return {return: 2}
  return Object.fromEntries(output.structIterator())
}

const ec2Faults: RequestFaults = {
  invalid: invalidParameters,
  malformed: (message) => new AwsFault('InvalidParameterValue', message),
  unknownMember: (path) => new AwsFault('UnknownParameter', `The parameter ${path} is not recognized`),
}

/** EC2 tells absent parameters before wrong values, and of those the first. */
function invalidParameters(violations: readonly Violation[]): AwsFault {
  const missing = violations.filter(({rule}) => rule.kind === 'required').map(({path}) => parameterName(path))
  if (missing.length > 0) {
    return new AwsFault('MissingParameter', `The request must contain the parameter ${missing.join(', ')}`)
  }
  const values = violations.map(({path, value}) => `Value (${value}) for parameter ${parameterName(path)} is invalid.`)
  return new AwsFault('InvalidParameterValue', values[0] ?? '')
}

/** `TagSpecification.1.member.Tag` → `TagSpecification.1.Tag`: EC2's lists are flat. */
const parameterName = (path: string): string => path.replaceAll('.member', '')
