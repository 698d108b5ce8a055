import {JsonShapeSerializer2} from '@smithy/core/protocols'
import type {$SchemaRef, StaticStructureSchema} from '@smithy/types'
import {AwsFault} from '../../aws-fault.js'
import {validationMessage} from '../../constraints/violation.js'
import type {WireFault} from '../error-shape.js'
import type {RequestFaults} from '../service.js'
import type {JsonDialect} from './json-input.js'
import {jsonSettings} from './json-input.js'

/** Writes a value by its schema; members that the schema does not have are left out. */
export function writeJson(schema: $SchemaRef, value: object, dialect: JsonDialect): string {
  const serializer = new JsonShapeSerializer2(jsonSettings(dialect))
  serializer.write(schema as Parameters<JsonShapeSerializer2['write']>[0], value)
  const bytes = serializer.flush()
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** The body of an error. `__type` also makes the serializer write members that the service does not model. */
export function writeJsonFault(fault: WireFault, dialect: JsonDialect): string {
  const names = [fault.messageMember, ...fault.schemas.keys()]
  const schema: StaticStructureSchema = [3, '', fault.shapeName, 0, names, [0, ...fault.schemas.values()]]
  const value = {...fault.members, __type: fault.shapeName, [fault.messageMember]: fault.message}
  return writeJson(schema, value, dialect)
}

/** The refusals of JSON services; `validationCode` is what the service calls a value that breaks a constraint. */
export const jsonFaults = (validationCode: string): RequestFaults => ({
  invalid: (violations) => new AwsFault(validationCode, validationMessage(violations)),
  malformed: (message) => new AwsFault('SerializationException', message),
  unknownMember: (path) => new AwsFault(validationCode, `Unknown member in the request: ${path}`),
})
