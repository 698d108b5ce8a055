import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Clock} from '../clock.js'
import {parseRegistryPath} from '../registry/reference.js'
import {defaultScope} from '../scope.js'
import type {FinishedCall, WireCall} from '../wire/wire-options.js'
import {namedResource} from './named-resource.js'
import {printable} from './printable.js'
import type {RequestLog} from './request-log.js'

export interface RecordingOptions {
  readonly log: RequestLog
  /** Tells when a request came. */
  readonly clock: Pick<Clock, 'now'>
  /** Milliseconds of the machine, from any moment: tells how long a request took. */
  readonly machineTime: () => number
}

export interface Recording {
  /** For the wire: calls of AWS operations. */
  onStart(call: WireCall): void
  onEnd(call: FinishedCall): void
  /** For the image registry: the request is recorded once it is answered. */
  registryRequest(request: IncomingMessage, response: ServerResponse): void
}

/** Writes what a server answers to its request log. */
export function recordRequests({log, clock, machineTime}: RecordingOptions): Recording {
  const startedAt = new Map<string, number>()
  let registryRequests = 0
  const since = (start: number) => Math.round((machineTime() - start) * 10) / 10
  return {
    onStart: ({requestId}) => startedAt.set(requestId, machineTime()),
    onEnd(call) {
      const milliseconds = since(startedAt.get(call.requestId) ?? machineTime())
      startedAt.delete(call.requestId)
      const resource = namedResource(call.input)
      log.add({
        time: new Date(call.startedAt ?? clock.now()).toISOString(),
        service: printable(call.service),
        operation: printable(call.operation),
        account: call.account,
        region: printable(call.region),
        ...(resource !== undefined && {resource}),
        status: call.status,
        ...(call.errorCode !== undefined && {errorCode: printable(call.errorCode)}),
        milliseconds,
        requestId: call.requestId,
      })
    },
    registryRequest(request, response) {
      const start = machineTime()
      const time = new Date(clock.now()).toISOString()
      const method = request.method ?? ''
      const resource = registryResource(request.url)
      const {account, region} = parseRegistryPath(resource) ?? defaultScope
      response.once('close', () => {
        registryRequests += 1
        log.add({
          time,
          service: 'registry',
          operation: printable(method),
          account,
          region,
          ...(resource !== '' && {resource}),
          status: response.writableFinished ? response.statusCode : 0,
          milliseconds: since(start),
          requestId: `registry-${registryRequests}`,
        })
      })
    },
  }
}

/** The path below `/v2/`; the query, which may hold the state of an upload, stays out. */
const registryResource = (url = ''): string => printable((url.split('?')[0] ?? '').replace(/^\/v2\/?/, ''))
