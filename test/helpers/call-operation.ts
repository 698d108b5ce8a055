import type {RoutedService} from '../../src/local/wire/routing.js'
import {routedService} from '../../src/local/wire/routing.js'
import type {LocalService, RequestContext} from '../../src/local/wire/service.js'

const routed = new WeakMap<LocalService, RoutedService>()

/** Calls an operation as the wire does, with its input checked first, and without a transport. */
export function callOperation(service: LocalService, name: string, input: unknown, request: RequestContext): unknown {
  const known = routed.get(service) ?? routedService(service)
  routed.set(service, known)
  const operation = known.operations.get(name)
  if (operation === undefined) throw new Error(`${service.signingName} has no operation ${name}`)
  const violations = operation.check(input)
  if (violations.length > 0) throw known.faults.invalid(violations, name)
  return operation.handle(input as never, request)
}
