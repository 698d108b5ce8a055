import {mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer, request as send} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {LocalAccount, LocalServer} from './local-account.js'
import {localAccount} from './local-account.js'

/** One AWS call as it was seen on its way. */
export interface ProxiedCall {
  /** The operation alone, for instance `CreateService`. */
  readonly operation: string
  /** Whether it changes something. */
  readonly changes: boolean
  /** The access key id, which is the account on a local AWS. */
  readonly account: string
  /** Rounds: calls of one round run at the same time. */
  readonly startedAt: number
  endedAt: number
}

/** A look between the program and a local AWS. */
export interface AwsProxy {
  readonly url: string
  readonly calls: readonly ProxiedCall[]
  /** Accounts whose program is led through here; the SDK looks past it. */
  account(): LocalAccount
  /** Runs when AWS has answered a call, before the program hears of it. */
  onAnswer: (call: ProxiedCall) => void
  /** Answers calls in rounds: all that are under way are answered together, once no other has come for that long. */
  roundMs: number | undefined
  close(): Promise<void>
}

export async function startAwsProxy(local: LocalServer): Promise<AwsProxy> {
  const calls: ProxiedCall[] = []
  const rounds = new Rounds()
  const server = createServer((request, response) => {
    void forward(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const stateFolder = await describeProxy(local, url, port)
  const proxy: AwsProxy = {
    url,
    calls,
    account: () => {
      const {id, sdk, state} = local.account()
      return {...localAccount(url, stateFolder, id), sdk, state}
    },
    onAnswer: () => undefined,
    roundMs: undefined,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(stateFolder, {force: true, recursive: true})
    },
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request)
    const operation = operationOf(request, body)
    const changes = operation !== '' && !/^(Describe|List|Get|Filter|Batch)/.test(operation)
    const call = {
      operation,
      changes,
      account: /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '',
      startedAt: rounds.now,
      endedAt: Number.POSITIVE_INFINITY,
    }
    if (operation !== '') calls.push(call)
    if (operation !== '' && proxy.roundMs !== undefined) await rounds.next(proxy.roundMs)
    const answer = await passOn(local.url, request, body)
    const answerBody = await readAll(answer)
    call.endedAt = rounds.now
    if (operation !== '') proxy.onAnswer(call)
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(answerBody)
  }
  return proxy
}

/** The longest chain of calls of which each began after the one before had ended. */
export function longestChain(calls: readonly ProxiedCall[]): string[] {
  const best = new Map<ProxiedCall, readonly ProxiedCall[]>()
  let longest: readonly ProxiedCall[] = []
  for (const call of calls) {
    const before = [...best].filter(([other]) => other.endedAt <= call.startedAt).map(([, chain]) => chain)
    const chain = [...before.reduce((one, other) => (other.length > one.length ? other : one), []), call]
    best.set(call, chain)
    if (chain.length > longest.length) longest = chain
  }
  return longest.map(({operation}) => operation)
}

/** Time as the program sees it, counted in answers. */
class Rounds {
  now = 0
  #waiting: (() => void)[] = []
  #timer: NodeJS.Timeout | undefined

  next(quietMs: number): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#end(), quietMs)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #end(): void {
    this.now += 1
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

/** A state folder that names the proxy in place of the local AWS, with its speed. */
async function describeProxy(local: LocalServer, url: string, port: number): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-proxy-'))
  const described = JSON.parse(await readFile(join(local.stateFolder, 'server.json'), 'utf8')) as object
  await writeFile(join(folder, 'server.json'), JSON.stringify({...described, url, port}))
  return folder
}

/** JSON protocols name the operation in a header, query protocols in the body. */
function operationOf({headers, url = ''}: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target']
  if (typeof target === 'string') return target.split('.').at(-1) ?? ''
  const [, operation] = /\/operation\/(\w+)/.exec(url) ?? /(?:^|&)Action=(\w+)/.exec(body.toString()) ?? []
  return operation ?? ''
}

function passOn(origin: string, {method, url, headers}: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const {hostname, port} = new URL(origin)
  return new Promise((resolve, reject) => {
    const options = {hostname, port, method, path: url, headers: {...headers, host: `${hostname}:${port}`}}
    send(options, resolve).once('error', reject).end(body)
  })
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
