import {readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import type {ListenerAddress} from '../actions/context.js'
import {MachineError} from '../errors/errors.js'
import type {Environment} from '../output/streams.js'
import type {LocalEndpoint} from './local-request.js'
import {askLocalServer} from './local-request.js'

/** A running local AWS, as it describes itself in `server.json` of the state folder. */
export interface LocalServer {
  readonly pid: number
  readonly port: number
  /** Where it answers: `http://127.0.0.1:4566`. */
  readonly url: string
  /** How many times faster than the machine's clock it runs. */
  readonly speed: number
  /** In its own time; ISO 8601. */
  readonly startedAt: string
  /** A moment in its time and in the machine's, in milliseconds since 1970. */
  readonly timeOrigin: {readonly local: number; readonly machine: number}
  /** Whether it goes on with what an earlier run has left. */
  readonly resumed: boolean
  readonly token?: string
  /** How tasks run. */
  readonly runtime: 'docker' | 'simulated'
  /** Why they run so. */
  readonly runtimeReason: string
  /** Where a browser shows it live. */
  readonly page: string
}

/** The folder in which the local AWS keeps what outlives a command. */
export function stateFolder(env: Environment): string {
  if (env.FARGATE_STATE_DIR) return env.FARGATE_STATE_DIR
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, 'fargate')
  return join(env.HOME || homedir(), '.local', 'state', 'fargate')
}

/** The local AWS that runs now; `undefined` where none does, or only the file of one that has ended is left. */
export async function readLocalServer(env: Environment): Promise<LocalServer | undefined> {
  const server = await describedServer(env)
  return server !== undefined && (await isItself(server)) ? server : undefined
}

/**
 * The local AWS that the state folder describes, whether it runs or was killed.
 *
 * @throws MachineError LOCAL_STATE_UNREADABLE or LOCAL_STATE_INVALID
 */
export async function describedServer(env: Environment): Promise<LocalServer | undefined> {
  const file = join(stateFolder(env), 'server.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new MachineError('LOCAL_STATE_UNREADABLE', `cannot read ${file}: ${error.message}`, {cause: error})
  })
  return text === undefined ? undefined : parseServer(file, text)
}

function parseServer(file: string, text: string): LocalServer {
  try {
    const server = JSON.parse(text) as LocalServer
    if (!Number.isInteger(server.pid) || server.pid <= 0) throw new Error('pid is missing')
    new URL(server.url)
    const started = Date.parse(server.startedAt)
    if (Number.isNaN(started)) throw new Error('startedAt is no time')
    const {speed, timeOrigin = {local: started, machine: started}} = server
    return {...server, speed: speed > 0 ? speed : 1, timeOrigin}
  } catch (error) {
    throw new MachineError('LOCAL_STATE_INVALID', `${file} is no description of a local AWS: ${String(error)}`, {
      cause: error,
      hints: [`rm ${file}`, 'fargate local start'],
    })
  }
}

/** Process id and port may belong to other programs by now, so the server itself is asked who it is. */
async function isItself(server: LocalServer): Promise<boolean> {
  try {
    const status = (await askLocalServer(server, 'GET', '/_local/status')) as {readonly pid?: unknown}
    return status.pid === server.pid
  } catch (error) {
    if (error instanceof MachineError) return false
    throw error
  }
}

/** @throws MachineError when no local AWS runs */
export async function requireLocalServer(env: Environment): Promise<LocalServer> {
  const server = await readLocalServer(env)
  if (server !== undefined) return server
  throw new MachineError('LOCAL_NOT_RUNNING', 'no local AWS is running', {hints: ['fargate local start']})
}

interface LocalLoadBalancer {
  readonly arn: string
  readonly listeners: readonly {readonly port: number; readonly protocol: string; readonly url: string}[]
}

/** Where a listener of the local AWS is reached on this machine. */
export async function localListenerUrl(server: LocalEndpoint, listener: ListenerAddress): Promise<string> {
  const balancers = (await askLocalServer(server, 'GET', '/_local/load-balancers')) as LocalLoadBalancer[]
  const found = balancers
    .find(({arn}) => arn === listener.loadBalancerArn)
    ?.listeners.find(({port}) => port === listener.port)
  return found?.url ?? publicListenerUrl(listener)
}

const defaultPorts: Readonly<Record<string, number>> = {http: 80, https: 443}

/** Where a listener is reached on the internet: `https://web-1.us-east-1.elb.amazonaws.com`. */
export function publicListenerUrl({dnsName, protocol, port}: ListenerAddress): string {
  const scheme = protocol.toLowerCase()
  return `${scheme}://${dnsName}${defaultPorts[scheme] === port ? '' : `:${port}`}`
}
