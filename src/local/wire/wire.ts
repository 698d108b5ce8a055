import {randomUUID} from 'node:crypto'
import {AwsFault} from '../aws-fault.js'
import {resolveFault} from './error-shape.js'
import type {WireRequest, WireResponse} from './http-message.js'
import {ConnectionDropped} from './http-message.js'
import {MalformedInput, UnknownMember} from './protocols/protocol.js'
import type {Route, RoutedService} from './routing.js'
import {createRouter} from './routing.js'
import {accountOfKey, signatureScope} from './signature-scope.js'
import {answerUnknownService, notEmulated} from './unknown-service.js'
import type {WireCall, WireOptions} from './wire-options.js'

export interface Wire {
  /**
   * Serves one request. Whatever a handler throws becomes an answer; a rejection is {@link ConnectionDropped},
   * where the hooks say so, or what `onStart`, `onEnd` or `onError` itself threw.
   */
  handle(request: WireRequest): Promise<WireResponse>
}

interface Answer {
  readonly response: WireResponse
  readonly errorCode?: string
}

type Served = Extract<Route, {kind: 'operation'}>

/** Makes an AWS endpoint of the services: requests are told apart by their signature, in any of six protocols. */
export function createWire(options: WireOptions): Wire {
  const route = createRouter(options.services, options.modelOf)
  const {defaultAccount = '000000000000', defaultRegion = 'us-east-1', newRequestId = randomUUID} = options
  const accountOf = options.accountOf ?? ((accessKeyId) => accountOfKey(accessKeyId, defaultAccount))
  const now = () => options.clock?.now()

  return {
    async handle(request) {
      const scope = signatureScope(request)
      const found = route(request, scope)
      const read = readInput(found, request)
      const call: WireCall = {
        service: found.kind === 'unknown-service' ? found.serviceName : found.service.signingName,
        operation: found.name,
        region: scope?.region ?? defaultRegion,
        account: accountOf(scope?.accessKeyId),
        accessKeyId: scope?.accessKeyId,
        requestId: newRequestId(),
        input: read.input,
        startedAt: now(),
      }
      const end = (status: number, errorCode?: string) => options.onEnd?.({...call, status, errorCode, endedAt: now()})

      options.onStart?.(call)
      const answer = await answerCall(found, request, call, read.problem, options)
      if (answer === 'drop') {
        end(0)
        throw new ConnectionDropped(`the connection of ${call.service}:${call.operation} is dropped`)
      }
      end(answer.response.status, answer.errorCode)
      return answer.response
    },
  }
}

/** An input that cannot be read is a `problem`, to be thrown when the request has been announced. */
function readInput(route: Route, request: WireRequest): {readonly input: unknown; readonly problem?: unknown} {
  if (route.kind !== 'operation') return {input: undefined}
  const {service, operation} = route
  try {
    return {input: service.protocol.readInput(operation.schema, request)}
  } catch (error) {
    if (error instanceof MalformedInput) return {input: undefined, problem: service.faults.malformed(error.message)}
    if (error instanceof UnknownMember) return {input: undefined, problem: service.faults.unknownMember(error.path)}
    return {input: undefined, problem: error}
  }
}

async function answerCall(
  route: Route,
  request: WireRequest,
  call: WireCall,
  problem: unknown,
  options: WireOptions,
): Promise<Answer | 'drop'> {
  if (route.kind !== 'operation') {
    const fault = notEmulated(call.service, call.operation)
    if (route.kind === 'unknown-operation') return faultAnswer(route.service, fault, call)
    return {response: answerUnknownService(request, call.service, fault, call.requestId), errorCode: fault.code}
  }
  try {
    const outcome = await options.before?.(call)
    if (outcome === 'drop') return outcome
    if (outcome === undefined && problem !== undefined) throw problem
    const fault = outcome ?? invalidFault(route, call.input)
    if (fault !== undefined) return faultAnswer(route.service, fault, call)
    const run = async (input: unknown) => ((await route.operation.handle(input as never, call)) ?? {}) as object
    const output = await (options.around?.(call, run) ?? run(call.input))
    return {response: route.service.protocol.writeOutput(route.operation.schema, output, call.requestId)}
  } catch (error) {
    if (error instanceof ConnectionDropped) return 'drop'
    if (error instanceof AwsFault) return faultAnswer(route.service, error, call)
    options.onError?.(error, call)
    return faultAnswer(route.service, internalFailure(error, call), call)
  }
}

function invalidFault({service, operation, name}: Served, input: unknown): AwsFault | undefined {
  const violations = operation.check(input)
  return violations.length === 0 ? undefined : service.faults.invalid(violations, name)
}

function faultAnswer({protocol, description}: RoutedService, fault: AwsFault, {requestId}: WireCall): Answer {
  const response = protocol.writeFault(resolveFault(fault, description.errorRegistries), requestId)
  return {response, errorCode: fault.code}
}

function internalFailure(error: unknown, {service, operation}: WireCall): AwsFault {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new AwsFault('InternalFailure', `The local AWS failed at ${service}:${operation}: ${text}`, {status: 500})
}
