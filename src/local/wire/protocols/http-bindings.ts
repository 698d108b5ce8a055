import {ToStringShapeSerializer} from '@smithy/core/protocols'
import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, StaticOperationSchema, StaticStructureSchema} from '@smithy/types'
import type {WireRequest} from '../http-message.js'
import {queryValues} from '../http-message.js'
import {readScalar} from './scalar-text.js'
import {httpTrait, matchTemplate} from './uri-template.js'

/** Reads and writes what stands in the body, by a structure's schema. */
export interface BodyCodec {
  /** `schema` has only the members that travel in the body. */
  read(schema: $SchemaRef, request: WireRequest): unknown
  write(schema: $SchemaRef, value: object): string
}

/** Seconds since 1970 is no format of labels and queries; the traits of the member decide before this does. */
const text = {timestamps: 5, httpBindings: true} as const

/**
 * Reads an input that is spread over path, query, headers and body. `httpPrefixHeaders` and `httpQueryParams` are
 * not read: of the services here none uses them.
 */
export function readBindings(operation: StaticOperationSchema, request: WireRequest, codec: BodyCodec): unknown {
  const schema = NormalizedSchema.of(operation[4])
  if (schema.isUnitSchema()) return {}
  const labels = matchTemplate(httpTrait(operation)?.[1] ?? '', request) ?? {}
  const input: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    const label = traits.httpLabel ? labels[name] : undefined
    const header = traits.httpHeader && request.headers[traits.httpHeader.toLowerCase()]
    const query = traits.httpQuery ? queryValues(request, traits.httpQuery) : []
    if (label !== undefined) input[name] = readScalar(member, label, text)
    else if (header !== undefined) input[name] = readScalar(member, header, text)
    else if (query.length > 0) input[name] = readQuery(member, query)
    else if (traits.httpPayload) input[name] = codec.read(member.getSchema(), request)
  }
  const body = bodySchema(schema)
  return body === undefined ? input : {...input, ...(codec.read(body, request) as object)}
}

function readQuery(member: NormalizedSchema, values: readonly string[]): unknown {
  if (!member.isListSchema()) return readScalar(member, values[0] ?? '', text)
  return values.map((value) => readScalar(member.getValueSchema(), value, text))
}

/** The status, headers and body of an output. */
export function writeBindings(operation: StaticOperationSchema, output: object, codec: BodyCodec) {
  const schema = NormalizedSchema.of(operation[5])
  const values = output as Record<string, unknown>
  const headers: Record<string, string> = {}
  let status = httpTrait(operation)?.[2] ?? 200
  let body = ''
  if (schema.isUnitSchema()) return {status, headers, body}
  for (const [name, member] of schema.structIterator()) {
    const {httpHeader, httpPayload, httpResponseCode} = member.getMergedTraits()
    const value = values[name]
    if (value === undefined || value === null) continue
    if (httpHeader !== undefined) headers[httpHeader.toLowerCase()] = headerText(member, value)
    else if (httpResponseCode) status = Number(value)
    else if (httpPayload) body = codec.write(member, value)
  }
  const rest = bodySchema(schema)
  if (rest !== undefined) body = codec.write(rest, output)
  return {status, headers, body}
}

function headerText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer({timestampFormat: {useTrait: true, default: 5}, httpBindings: true})
  serializer.write(member, value)
  return serializer.flush()
}

/** The structure of the members that are bound to nothing else; undefined where there are none. */
function bodySchema(schema: NormalizedSchema): StaticStructureSchema | undefined {
  const members = [...schema.structIterator()].filter(([, member]) => {
    const {httpLabel, httpHeader, httpQuery, httpPayload, httpResponseCode} = member.getMergedTraits()
    return !(httpLabel || httpHeader || httpQuery || httpPayload || httpResponseCode)
  })
  if (members.length === 0) return undefined
  const [names, schemas] = [members.map(([name]) => name), members.map(([, member]) => member)]
  return [3, '', schema.getName() ?? '', schema.getOwnTraits(), names, schemas]
}
