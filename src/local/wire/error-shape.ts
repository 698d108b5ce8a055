import type {TypeRegistry} from '@smithy/core/schema'
import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, StaticErrorSchema} from '@smithy/types'
import type {AwsFault} from '../aws-fault.js'

/** A fault with everything that the protocols need to write it. */
export interface WireFault {
  /** The exception as JSON and REST services name it: `LoadBalancerNotFoundException`. */
  readonly shapeName: string
  /** The code as query services name it: `LoadBalancerNotFound`. */
  readonly queryCode: string
  readonly status: number
  readonly message: string
  readonly members: Readonly<Record<string, unknown>>
  /** Of the members besides the message; empty for an error that the service does not model. */
  readonly schemas: ReadonlyMap<string, $SchemaRef>
  /** The name of the member that carries the message: `Message` in some services. */
  readonly messageMember: string
}

/** Who is to blame, as `Type` says it on the wire. */
export const faultType = ({status}: WireFault): 'Sender' | 'Receiver' => (status < 500 ? 'Sender' : 'Receiver')

/**
 * Completes a fault from the service's own model. The handler may use the exception's name or the code of the
 * query protocol. A status that the fault does not give is the model's.
 */
export function resolveFault(fault: AwsFault, registries: readonly TypeRegistry[]): WireFault {
  const shape = findErrorShape(registries, fault.code)
  if (shape === undefined) {
    const {code, status, message, members} = fault
    return {shapeName: code, queryCode: code, status, message, members, schemas: new Map(), messageMember: 'message'}
  }
  const {awsQueryError, httpError, error} = NormalizedSchema.of(shape).getMergedTraits()
  const [queryCode, queryStatus] = (awsQueryError as [string, number] | undefined) ?? []
  const modelledStatus = (httpError as number | undefined) ?? queryStatus ?? (error === 'server' ? 500 : 400)
  const [, , shapeName, , names, schemas] = shape
  const isMessage = (name: string) => name.toLowerCase() === 'message'
  return {
    shapeName,
    queryCode: queryCode ?? shapeName,
    status: fault.hasStatus ? fault.status : modelledStatus,
    message: fault.message,
    members: fault.members,
    schemas: new Map(
      names.flatMap((name, index): [string, $SchemaRef][] => (isMessage(name) ? [] : [[name, schemas[index] ?? 0]])),
    ),
    messageMember: names.find(isMessage) ?? 'message',
  }
}

function findErrorShape(registries: readonly TypeRegistry[], code: string): StaticErrorSchema | undefined {
  for (const registry of registries) {
    const found = registry.find(
      (schema) => isErrorShape(schema) && (schema[2] === code || queryCodeOf(schema) === code),
    )
    if (isErrorShape(found)) return found
  }
  return undefined
}

/** Index 0 of a static schema is its kind, and −3 is an error. */
const isErrorShape = (schema: unknown): schema is StaticErrorSchema => Array.isArray(schema) && schema[0] === -3

const queryCodeOf = (schema: StaticErrorSchema): unknown =>
  (NormalizedSchema.of(schema).getMergedTraits().awsQueryError as readonly unknown[] | undefined)?.[0]
