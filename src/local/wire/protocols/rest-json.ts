import {bodyText} from '../http-message.js'
import type {BodyCodec} from './http-bindings.js'
import {readBindings, writeBindings} from './http-bindings.js'
import {readJsonInput} from './json-input.js'
import {jsonFaults, writeJson, writeJsonFault} from './json-output.js'
import type {WireProtocol} from './protocol.js'
import {requestIdHeader} from './protocol.js'
import {matchOperation} from './uri-template.js'

const dialect = {jsonName: true}

const codec: BodyCodec = {
  read: (schema, request) => readJsonInput(schema, bodyText(request), dialect),
  write: (schema, value) => writeJson(schema, value, dialect),
}

/** REST with JSON bodies: EventBridge Scheduler. The error's name is in a header. */
export function restJsonProtocol(): WireProtocol {
  const headers = (requestId: string) => ({'content-type': 'application/json', [requestIdHeader]: requestId})
  return {
    operationName: (request, operations) => matchOperation(request, operations)?.[2],

    readInput: (operation, request) => readBindings(operation, request, codec),

    writeOutput(operation, output, requestId) {
      const answer = writeBindings(operation, output, codec)
      return {...answer, headers: {...headers(requestId), ...answer.headers}, body: answer.body || '{}'}
    },

    writeFault: (fault, requestId) => ({
      status: fault.status,
      headers: {...headers(requestId), 'x-amzn-errortype': fault.shapeName},
      body: writeJsonFault(fault, dialect),
    }),

    faults: jsonFaults('ValidationException'),
  }
}
