import {mkdtemp, rm} from 'node:fs/promises'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface Call {
  /** `POST /containers/create`, without the version. */
  readonly name: string
  /** With the version. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
}

export type Answer = {readonly status: number; readonly body?: unknown} | undefined

/** A container that has been created: open answers wait for what the test lets it do. */
class FakeContainer {
  readonly output = Promise.withResolvers<ServerResponse>()
  readonly ended = Promise.withResolvers<void>()
  readonly state = {ExitCode: 0, OOMKilled: false, Running: false}
}

/** A Docker engine of canned answers on a unix socket; containers run until the test ends them. */
export async function startFakeEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'))
  const socket = join(folder, 'docker.sock')
  const calls: Call[] = []
  const containers = new Map<string, FakeContainer>()
  const images = new Map<string, {Id: string; Os: string; Architecture: string}>()
  const rules: ((call: Call) => Answer)[] = []
  const eventStreams = new Set<ServerResponse>()
  const version = {ApiVersion: '1.41', MinAPIVersion: '1.12', Os: 'linux', Arch: 'amd64'}
  const server = createServer((request, response) => void answer(request, response))

  const containerNamed = (name: string): FakeContainer => {
    const found = [...containers].find(([id]) => id === name || id.endsWith(`-${name}`))
    if (found === undefined) throw new Error(`no container ${name}`)
    return found[1]
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://docker')
    const path = decodeURIComponent(url.pathname).replace(/^\/v1\.\d+/, '')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const json = request.headers['content-type'] === 'application/json'
    const body = json ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>) : {}
    const call = {
      path: url.pathname,
      name: `${request.method} ${path}`,
      query: url.searchParams,
      headers: request.headers,
      body,
    }
    calls.push(call)
    const ruled = rules.map((rule) => rule(call)).find((each) => each !== undefined)
    if (ruled !== undefined) send(response, ruled)
    else await answerCanned(call, path, response)
  }

  const tables: Readonly<Record<string, (call: Call) => Answer>> = {
    'GET /version': () => ({status: 200, body: version}),
    'GET /info': () => ({status: 200, body: {NCPU: 2}}),
    'GET /volumes': () => ({status: 200, body: {Volumes: null}}),
    'POST /networks/create': () => ({status: 201, body: {Id: 'network-1'}}),
    'POST /containers/create': ({query}) => {
      const Id = query.get('name') ?? ''
      containers.set(Id, new FakeContainer())
      return {status: 201, body: {Id}}
    },
  }

  async function answerCanned(call: Call, path: string, response: ServerResponse): Promise<void> {
    const [, kind = '', id = '', verb = ''] = path.split('/')
    const container = kind === 'containers' ? containers.get(id) : undefined
    const image = /^GET \/images\/(.+)\/json$/.exec(call.name)?.[1]
    if (container !== undefined) await answerContainer(container, verb, response)
    else if (image !== undefined) send(response, imageAnswer(image))
    else if (call.name === 'GET /events') {
      eventStreams.add(response)
      response.writeHead(200).flushHeaders()
    } else
      send(response, tables[call.name]?.(call) ?? {status: 200, body: call.name.startsWith('GET') ? [] : undefined})
  }

  const imageAnswer = (reference: string): NonNullable<Answer> =>
    images.has(reference) ? {status: 200, body: images.get(reference)} : {status: 404, body: {message: 'No such image'}}

  async function answerContainer(container: FakeContainer, verb: string, response: ServerResponse): Promise<void> {
    if (verb === 'attach') {
      response.writeHead(200).flushHeaders()
      container.output.resolve(response)
      return
    }
    if (verb === 'wait') {
      response.writeHead(200).flushHeaders()
      await container.ended.promise
      response.end('{"StatusCode":0}')
      return
    }
    if (verb === 'start') container.state.Running = true
    const ports = {'80/tcp': [{HostIp: '127.0.0.1', HostPort: '32768'}], '81/tcp': null}
    const body = {State: container.state, NetworkSettings: {Ports: ports}}
    send(response, verb === 'json' ? {status: 200, body} : {status: 204})
  }

  await new Promise<void>((resolve) => server.listen(socket, resolve))
  return {
    socket,
    calls,
    images,
    version,
    /** What a call is answered before the canned answers are looked at. */
    answerWith: (rule: (call: Call) => Answer) => void rules.unshift(rule),
    named: (name: string | RegExp) =>
      calls.filter((call) => (typeof name === 'string' ? call.name === name : name.test(call.name))),
    async print(name: string, text: string): Promise<void> {
      const header = Buffer.alloc(8, 0)
      header.writeUInt8(1)
      header.writeUInt32BE(Buffer.byteLength(text), 4)
      const output = await containerNamed(name).output.promise
      output.write(Buffer.concat([header, Buffer.from(text)]))
    },
    async exit(name: string, exitCode: number): Promise<void> {
      const container = containerNamed(name)
      container.state.ExitCode = exitCode
      container.ended.resolve()
      ;(await container.output.promise).end()
    },
    runOutOfMemory(name: string): void {
      containerNamed(name).state.OOMKilled = true
    },
    sendEvent(event: object): void {
      for (const stream of eventStreams) stream.write(`${JSON.stringify(event)}\n`)
    },
    endEvents(): void {
      for (const stream of eventStreams) stream.end()
      eventStreams.clear()
    },
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, {recursive: true})
    },
  }
}

export type FakeEngine = Awaited<ReturnType<typeof startFakeEngine>>

function send(response: ServerResponse, answer: NonNullable<Answer>): void {
  response.writeHead(answer.status, {'content-type': 'application/json'})
  response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
}
