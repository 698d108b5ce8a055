import type {IncomingMessage, ServerResponse} from 'node:http'
import {AwsFault} from '../aws-fault.js'
import type {RunOperation, WireCall} from '../wire/wire-options.js'
import {StateFailure} from './failure.js'
import type {StateSaver} from './saver.js'

type Around = (call: WireCall, run: RunOperation) => Promise<object>

const READING = /^(?:Describe|List|Get|BatchGet|BatchCheck|Filter|Search|Lookup)/
/** Operations that read by their names, and note something all the same. */
const NOTING = ['GetAuthorizationToken', 'GetSecretValue', 'BatchGetSecretValue', 'GetDownloadUrlForLayer']

const changes = ({operation}: WireCall): boolean => !READING.test(operation) || NOTING.includes(operation)

/**
 * Answers calls that change something when the change is saved. While nothing can be saved they are refused before they
 * change anything; it is only the call at which that begins that is refused afterwards.
 */
export const savedCalls =
  (saver: StateSaver, around: Around): Around =>
  async (call, run) => {
    if (!changes(call)) return around(call, run)
    if (saver.isFailing) save(saver)
    saver.mark(call.service)
    const output = await around(call, run).finally(() => saver.mark(call.service))
    save(saver)
    return output
  }

function save(saver: StateSaver): void {
  try {
    saver.save()
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error
    throw new AwsFault('InternalFailure', error.message, {status: 500})
  }
}

/** Has a request to the image registry that changes something answered when the change is saved. */
export function savedResponse(saver: StateSaver, {method = ''}: IncomingMessage, response: ServerResponse): void {
  if (!['PUT', 'POST', 'DELETE'].includes(method)) return
  const writeHead = response.writeHead
  response.writeHead = ((...parameters: Parameters<typeof writeHead>) => {
    // Only once: the answer that tells of the failure must come through.
    response.writeHead = writeHead
    saver.mark('ecr')
    saver.save()
    return writeHead.apply(response, parameters)
  }) as typeof writeHead
}
