import http from 'node:http'
import https from 'node:https'
import type {EndpointRequest, EndpointResponse} from '../task-runtime.js'
import {errorAnswer} from './answers.js'
import {endToEnd, flatHeaders, headersFromRaw} from './headers.js'
import type {ForwardDecision} from './router.js'

/** Asks a target and gathers its answer: 502 when it refuses or breaks off, 504 when it stays silent. */
export async function fetchAnswer(
  {endpoint, secure, settings: {idleTimeoutMs}}: ForwardDecision,
  {method, path, headers}: EndpointRequest,
): Promise<EndpointResponse> {
  if (endpoint.kind === 'simulated') return endpoint.respond({method, path, headers})
  const {host, port} = endpoint
  const {promise, resolve} = Promise.withResolvers<EndpointResponse>()
  const request = (secure ? https : http).request({
    host,
    port,
    method,
    path,
    headers: {...headers},
    agent: false,
    timeout: idleTimeoutMs,
    rejectUnauthorized: false,
  })
  request.on('response', (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', () => resolve(errorAnswer(502)))
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 502,
        headers: flatHeaders(endToEnd(headersFromRaw(response.rawHeaders))),
        body: Buffer.concat(chunks).toString(),
      }),
    )
  })
  request.on('timeout', () => {
    resolve(errorAnswer(504))
    request.destroy()
  })
  request.on('error', () => resolve(errorAnswer(502)))
  request.end()
  return promise
}
