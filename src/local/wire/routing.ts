import type {StaticOperationSchema} from '@smithy/types'
import {inputCheck} from '../constraints/input-check.js'
import {serviceModel} from '../constraints/model.js'
import type {WireRequest} from './http-message.js'
import {formParameters} from './http-message.js'
import type {WireProtocol} from './protocols/protocol.js'
import {protocolOf} from './protocols/protocol-of.js'
import type {LocalService, Operation, RequestFaults} from './service.js'
import type {ServiceDescription} from './service-description.js'
import {describeService} from './service-description.js'
import type {SignatureScope} from './signature-scope.js'

/** A service with everything that can be known of it before a request. */
export interface RoutedService {
  readonly signingName: string
  readonly description: ServiceDescription
  readonly protocol: WireProtocol
  readonly faults: RequestFaults
  readonly operations: ReadonlyMap<string, RoutedOperation>
}

/** An operation with the check that its input passes before the handler runs. */
export type RoutedOperation = Operation & {readonly check: ReturnType<typeof inputCheck>}

export type Route =
  | {
      readonly kind: 'operation'
      readonly service: RoutedService
      readonly name: string
      readonly operation: RoutedOperation
    }
  /** The service is emulated, and what was asked of it is not. */
  | {readonly kind: 'unknown-operation'; readonly service: RoutedService; readonly name: string}
  | {readonly kind: 'unknown-service'; readonly serviceName: string; readonly name: string}

/**
 * Makes the function that finds what a request asks for: by the service of its signature, and where it is not
 * signed by X-Amz-Target or by Version and Action. A service's client is made at the first request that may be its.
 */
export function createRouter(services: readonly LocalService[], modelOf = serviceModel) {
  const candidates = services.map((service) => ({signingName: service.signingName, routed: lazily(service, modelOf)}))
  return (request: WireRequest, scope: SignatureScope | undefined): Route => {
    const possible = candidates.filter(({signingName}) => scope === undefined || scope.service === signingName)
    for (const {routed} of possible) {
      const service = routed()
      const name = service.protocol.operationName(request, schemasOf(service))
      if (name === undefined) continue
      const operation = service.operations.get(name)
      if (operation === undefined) return {kind: 'unknown-operation', service, name}
      return {kind: 'operation', service, name, operation}
    }
    const name = requestedName(request)
    const [only] = possible
    if (scope !== undefined && only !== undefined) return {kind: 'unknown-operation', service: only.routed(), name}
    return {kind: 'unknown-service', serviceName: scope?.service ?? 'unknown', name}
  }
}

function lazily(service: LocalService, modelOf: typeof serviceModel): () => RoutedService {
  let routed: RoutedService | undefined
  return () => {
    routed ??= routedService(service, modelOf)
    return routed
  }
}

/** What the wire makes of a service before its first request. */
export function routedService(
  {signingName, client, operations, requestFaults}: LocalService,
  modelOf = serviceModel,
): RoutedService {
  const description = describeService(client)
  const protocol = protocolOf(description)
  const compiling = {model: modelOf(signingName), memberName: protocol.memberName}
  return {
    signingName,
    description,
    protocol,
    faults: {...protocol.faults, ...requestFaults},
    operations: new Map(
      operations.map((operation) => [
        operation.schema[2],
        {...operation, check: inputCheck(operation.schema, compiling)},
      ]),
    ),
  }
}

const schemasOf = ({operations}: RoutedService): StaticOperationSchema[] =>
  [...operations.values()].map(({schema}) => schema)

/** What a request asks for in its own words, for a service or version that is not here. */
function requestedName(request: WireRequest): string {
  const target = request.headers['x-amz-target']
  if (target !== undefined) return target
  const parameters = formParameters(request)
  const action = parameters.get('Action')
  if (action === null) return `${request.method} ${request.path}`
  const version = parameters.get('Version')
  return version === null ? action : `${action} (version ${version})`
}
