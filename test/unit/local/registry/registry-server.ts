import {mkdtemp, rm} from 'node:fs/promises'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {VirtualClock} from '../../../../src/local/clock.js'
import {digestOf} from '../../../../src/local/registry/digest.js'
import type {Registry} from '../../../../src/local/registry/registry.js'
import {createRegistry} from '../../../../src/local/registry/registry.js'
import type {Repository} from '../../../../src/local/registry/repository.js'

export const scope = {account: '111122223333', region: 'eu-west-1'}
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
export const ociIndex = 'application/vnd.oci.image.index.v1+json'

/** Numbers that repeat from test to test. */
export function seededRandom(): () => number {
  let state = 42
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

export interface RegistryServer {
  readonly registry: Registry
  readonly clock: VirtualClock
  readonly repository: Repository
  readonly origin: string
  readonly port: number
  readonly authorization: string
  /** A request below the repository `app`, logged in. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Puts bytes in as a blob and answers what a manifest says of them. */
  push(content: string): Promise<{mediaType: string; digest: string; size: number}>
  [Symbol.asyncDispose](): Promise<void>
}

/** A registry with the empty repository `app` behind a real HTTP server on loopback. */
export async function startRegistry(options: {blobsFolder?: string} = {}): Promise<RegistryServer> {
  const clock = new VirtualClock()
  let port = 0
  const registry = createRegistry({clock, random: seededRandom(), host: () => `127.0.0.1:${port}`, ...options})
  const server = createServer((request, response) => void registry.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port

  const repository = registry.store.repositories.create(scope, 'app', clock.now())
  const authorization = basic(registry.issueToken().password)
  const origin = `http://127.0.0.1:${port}`
  const fetchInApp = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/v2/${scope.account}/${scope.region}/app${path}`, {
      ...init,
      headers: {authorization, ...(init.headers as Record<string, string>)},
    })
  return {
    registry,
    clock,
    repository,
    origin,
    port,
    authorization,
    fetch: fetchInApp,
    push: async (content) => {
      const digest = digestOf(content)
      await fetchInApp(`/blobs/uploads/?digest=${digest}`, {method: 'POST', body: content})
      return {mediaType: 'application/octet-stream', digest, size: content.length}
    },
    [Symbol.asyncDispose]: async () => {
      registry.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export const basic = (password: string, user = 'AWS'): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** Code and message of an error answer. */
export async function errorOf(response: Response): Promise<{status: number; code: string; message: string}> {
  const {errors} = (await response.json()) as {errors: {code: string; message: string}[]}
  return {status: response.status, code: errors[0]?.code ?? '', message: errors[0]?.message ?? ''}
}

/** Pushes a container image for a platform and answers its manifest. */
export async function pushManifest(
  server: RegistryServer,
  reference: string,
  options: {architecture?: string; layer?: string; config?: object} = {},
): Promise<{response: Response; manifest: string; digest: string}> {
  const {architecture = 'amd64', layer = 'layer', config = {}} = options
  const configBlob = await server.push(JSON.stringify({os: 'linux', architecture, config}))
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: dockerManifest,
    config: {...configBlob, mediaType: 'application/vnd.docker.container.image.v1+json'},
    layers: [await server.push(layer)],
  })
  const digest = digestOf(manifest)
  const path = `/manifests/${reference === '@digest' ? digest : reference}`
  const headers = {'content-type': dockerManifest}
  const response = await server.fetch(path, {method: 'PUT', body: manifest, headers})
  return {response, manifest, digest}
}

/** Pushes an index over manifests that are there, each with the platform it is said to be for. */
export async function pushIndex(
  server: RegistryServer,
  tag: string,
  children: readonly {readonly digest: string; readonly architecture: string}[],
): Promise<{response: Response; digest: string}> {
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: ociIndex,
    manifests: children.map(({digest, architecture}) => ({
      mediaType: dockerManifest,
      digest,
      size: 1,
      platform: {os: 'linux', architecture},
    })),
  })
  const headers = {'content-type': ociIndex}
  const response = await server.fetch(`/manifests/${tag}`, {method: 'PUT', body: index, headers})
  return {response, digest: digestOf(index)}
}

export async function temporaryFolder(): Promise<{readonly path: string} & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'registry-'))
  return {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})}
}
