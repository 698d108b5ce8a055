import {NormalizedSchema} from '@smithy/core/schema'
import {faultType, modelsError} from '../error-shape.js'
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

/** ECS, ECR and CloudWatch Logs call it InvalidParameterException; services that do not model that one use the other. */
const validationCode = ({errorRegistries}: ServiceDescription): string =>
  modelsError(errorRegistries, 'InvalidParameterException') ? 'InvalidParameterException' : 'ValidationException'
