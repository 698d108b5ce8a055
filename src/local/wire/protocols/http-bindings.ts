import {ToStringShapeSerializer} from '@smithy/core/protocols'
import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, SchemaTraitsObject, StaticOperationSchema, StaticStructureSchema} from '@smithy/types'
import type {WireRequest} from '../http-message.js'
import {queryValues} from '../http-message.js'
import {readScalar} from './scalar-text.js'
import {httpTrait, matchTemplate} from './uri-template.js'

/** Reads and writes what stands in the body; `schema` has only the members that travel there. */
export interface BodyCodec {
  read(schema: $SchemaRef, request: WireRequest): unknown
  write(schema: $SchemaRef, value: object): string
}

const text = {httpBindings: true} as const

/** Reads an input that is spread over path, query, headers and body. */
export function readBindings(operation: StaticOperationSchema, request: WireRequest, codec: BodyCodec): unknown {
  const schema = NormalizedSchema.of(operation[4])
  if (schema.isUnitSchema()) return {}
  const labels = matchTemplate(httpTrait(operation)?.[1] ?? '', request) ?? {}
  const input: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const {httpLabel, httpHeader, httpQuery} = member.getMergedTraits()
    const label = httpLabel ? labels[name] : undefined
    const header = httpHeader === undefined ? undefined : request.headers[httpHeader.toLowerCase()]
    const query = httpQuery === undefined ? [] : queryValues(request, httpQuery)
    const single = label ?? header
    if (single !== undefined) input[name] = readScalar(member, single, text)
    else if (query.length > 0) input[name] = readQuery(member, query)
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
  const status = httpTrait(operation)?.[2] ?? 200
  const schema = NormalizedSchema.of(operation[5])
  if (schema.isUnitSchema()) return {status, headers: {}, body: ''}
  const headers: Record<string, string> = {}
  for (const [name, member] of schema.structIterator()) {
    const {httpHeader} = member.getMergedTraits()
    const value = (output as Record<string, unknown>)[name] ?? undefined
    if (httpHeader !== undefined && value !== undefined) headers[httpHeader.toLowerCase()] = headerText(member, value)
  }
  const body = bodySchema(schema)
  return {status, headers, body: body === undefined ? '' : codec.write(body, output)}
}

function headerText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer({timestampFormat: {useTrait: true, default: 5}, httpBindings: true})
  serializer.write(member, value)
  return serializer.flush()
}

/** The structure of the members that are bound to nothing else; undefined where there are none. */
function bodySchema(schema: NormalizedSchema): StaticStructureSchema | undefined {
  const members = [...schema.structIterator()].filter(([, member]) => travelsInBody(member.getMergedTraits()))
  if (members.length === 0) return undefined
  const [names, schemas] = [members.map(([name]) => name), members.map(([, member]) => member)]
  return [3, '', schema.getName() ?? '', schema.getOwnTraits(), names, schemas]
}

/** Route 53 and Scheduler use none of these; a service that does must not be answered as if they were not there. */
const unsupported = ['httpPayload', 'httpPrefixHeaders', 'httpQueryParams', 'httpResponseCode'] as const

function travelsInBody(traits: SchemaTraitsObject): boolean {
  const trait = unsupported.find((name) => traits[name] !== undefined)
  if (trait !== undefined) throw new Error(`the wire does not carry members with the trait ${trait}`)
  return !(traits.httpLabel || traits.httpHeader || traits.httpQuery)
}
