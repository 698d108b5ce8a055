import {NormalizedSchema} from '@smithy/core/schema'
import {faultType} from '../error-shape.js'
import {bodyText} from '../http-message.js'
import type {ServiceDescription} from '../service-description.js'
import {readJsonInput} from './json-input.js'
import {jsonFaults, writeJson, writeJsonFault} from './json-output.js'
import type {WireProtocol} from './protocol.js'
import {requestIdHeader} from './protocol.js'

const dialect = {jsonName: false}

/** AWS JSON 1.0 and 1.1: the operation is in X-Amz-Target, everything else in the body. */
export function jsonProtocol(service: ServiceDescription, version: '1.0' | '1.1'): WireProtocol {
  const headers = (requestId: string) => ({
    'content-type': `application/x-amz-json-${version}`,
    [requestIdHeader]: requestId,
  })
  return {
    operationName(request) {
      const [target, name] = request.headers['x-amz-target']?.split('.') ?? []
      return target === service.serviceTarget ? name : undefined
    },

    readInput: (operation, request) => readJsonInput(operation[4], bodyText(request), dialect),

    writeOutput: (operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: NormalizedSchema.of(operation[5]).isUnitSchema() ? '{}' : writeJson(operation[5], output, dialect),
    }),

    writeFault: (fault, requestId) => ({
      status: fault.status,
      headers: {
        ...headers(requestId),
        ...(service.awsQueryCompatible && {'x-amzn-query-error': `${fault.queryCode};${faultType(fault)}`}),
      },
      body: writeJsonFault(fault, dialect),
    }),

    faults: jsonFaults(validationCode(service)),
  }
}

/** The services that call a value which breaks their model InvalidParameterException, whatever else they model. */
const invalidParameterServices: readonly string[] = [
  'AmazonEC2ContainerServiceV20141113',
  'AmazonEC2ContainerRegistry_V20150921',
  'Logs_20140328',
]

const validationCode = ({serviceTarget}: ServiceDescription): string =>
  invalidParameterServices.includes(serviceTarget) ? 'InvalidParameterException' : 'ValidationException'
