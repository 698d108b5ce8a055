import {request} from 'node:http'
import {MachineError, UsageError} from '../errors/errors.js'
import type {LocalServer} from './local-address.js'

/** Where a local AWS answers, and what lets a caller change it. */
export type LocalEndpoint = Pick<LocalServer, 'url' | 'token'>

/** It is on this machine; a reset of a large state is the longest that it does. */
const timeoutMs = 10_000

/**
 * Asks the control interface of the local AWS. Not with `fetch`, which refuses ports such as 6000 that a server may
 * well have.
 *
 * @param document sent as JSON
 * @throws MachineError LOCAL_UNREACHABLE or LOCAL_REFUSED; UsageError VALUE_INVALID for a document that is not right
 */
export async function askLocalServer(
  server: LocalEndpoint,
  method: 'GET' | 'POST',
  path: string,
  document?: object,
): Promise<unknown> {
  const {status, body} = await send(server, {method, path, text: document && JSON.stringify(document)})
  if (status === 200) return parse(server, body)
  if (status === 400) throw new UsageError('VALUE_INVALID', (parse(server, body) as {message: string}).message)
  throw new MachineError('LOCAL_REFUSED', `the local AWS at ${server.url} refuses ${path}: ${reasonOf(status, body)}`)
}

function send(
  server: LocalEndpoint,
  {method, path, text}: {readonly method: string; readonly path: string; readonly text: string | undefined},
): Promise<{status: number; body: string}> {
  return new Promise((resolve, reject) => {
    const headers = {authorization: `Bearer ${server.token ?? ''}`}
    const sent = request(`${server.url}${path}`, {method, headers, timeout: timeoutMs}, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({status: response.statusCode ?? 0, body}))
      response.on('error', fail)
    })
    const fail = (error: Error) =>
      reject(
        new MachineError('LOCAL_UNREACHABLE', `the local AWS at ${server.url} does not answer: ${error.message}`, {
          cause: error,
          hints: ['start it again: fargate local stop, then fargate local start'],
        }),
      )
    sent.on('error', fail)
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    sent.end(text)
  })
}

function reasonOf(status: number, body: string): string {
  try {
    const {message} = JSON.parse(body) as {readonly message?: unknown}
    return typeof message === 'string' ? message : `HTTP ${status}`
  } catch {
    // Something else answers there.
    return `HTTP ${status}`
  }
}

function parse(server: LocalEndpoint, body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new MachineError('LOCAL_REFUSED', `what answers on ${server.url} is no local AWS`, {cause: error})
  }
}
