import {XmlShapeSerializer} from '@aws-sdk/core/protocols'
import type {$SchemaRef, StaticStructureSchema} from '@smithy/types'
import type {WireFault} from '../error-shape.js'
import {faultType} from '../error-shape.js'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** A structure's schema from its members, for the envelopes that AWS puts around answers. */
export const structure = (name: string, members: Readonly<Record<string, $SchemaRef>>): StaticStructureSchema => [
  3,
  '',
  name,
  0,
  Object.keys(members),
  Object.values(members),
]

/** Writes a value as a document whose root element bears the schema's name. No `xmlNamespace`, no xmlns. */
export function xmlDocument(schema: $SchemaRef, value: object, xmlNamespace: string): string {
  const timestampFormat = {useTrait: true, default: 5} as const
  const serializer = new XmlShapeSerializer({timestampFormat, xmlNamespace, serviceNamespace: ''})
  serializer.write(schema as Parameters<XmlShapeSerializer['write']>[0], value)
  return declaration + String(serializer.flush())
}

/** `<ErrorResponse>`, in which query services and Route 53 report an error; modelled members stand beside the message. */
export function xmlErrorResponse(fault: WireFault, code: string, requestId: string, xmlNamespace: string): string {
  const error = structure('Error', {Type: 0, Code: 0, Message: 0, ...Object.fromEntries(fault.schemas)})
  const value = {...fault.members, Type: faultType(fault), Code: code, Message: fault.message}
  const document = structure('ErrorResponse', {Error: () => error, RequestId: 0})
  return xmlDocument(document, {Error: value, RequestId: requestId}, xmlNamespace)
}
