import type {IncomingMessage, ServerResponse} from 'node:http'
import {repositoryNotFound} from '../faults.js'
import {parseRegistryPath} from '../reference.js'
import type {Repository} from '../repository.js'
import type {RegistryStore} from '../store.js'
import {authorize} from './authorization.js'
import {serveBlob} from './blob-routes.js'
import {RegistryError, toRegistryError} from './errors.js'
import type {Exchange} from './exchange.js'
import {send, sendError} from './exchange.js'
import {serveReferrers, serveTags} from './listing-routes.js'
import {deleteManifest, receiveManifest, serveManifest} from './manifest-routes.js'
import {beginUpload, cancelUpload, completeUpload, continueUpload, showUpload} from './upload-routes.js'

type Answer = (exchange: Exchange, last: string) => void | Promise<void>

interface Route {
  /** The repository's name and, where there is one, what is asked for in it. */
  readonly path: RegExp
  readonly methods: ReadonlyMap<string, Answer>
}

const route = (path: RegExp, methods: Record<string, Answer>): Route => ({
  path,
  methods: new Map(Object.entries(methods)),
})

const routes: readonly Route[] = [
  route(/^\/v2\/(.+)\/blobs\/uploads\/?$/, {POST: beginUpload}),
  route(/^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/, {
    GET: showUpload,
    PATCH: continueUpload,
    PUT: completeUpload,
    DELETE: cancelUpload,
  }),
  route(/^\/v2\/(.+)\/blobs\/([^/]+)$/, {GET: serveBlob, HEAD: serveBlob}),
  route(/^\/v2\/(.+)\/manifests\/([^/]+)$/, {
    GET: serveManifest,
    HEAD: serveManifest,
    PUT: receiveManifest,
    DELETE: deleteManifest,
  }),
  route(/^\/v2\/(.+)\/tags\/list$/, {GET: serveTags}),
  route(/^\/v2\/(.+)\/referrers\/([^/]+)$/, {GET: serveReferrers}),
]

/** Answers one request below `/v2/`; every failure becomes a response, so the promise never rejects. */
export async function handleRegistryRequest(
  store: RegistryStore,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answer(store, request, response)
  } catch (error) {
    // A client that went away in the middle is told nothing; what it sent has been discarded by now.
    if (!response.destroyed) sendError(response, toRegistryError(error))
  }
}

async function answer(store: RegistryStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const {pathname, searchParams} = new URL(request.url ?? '/', 'http://registry')
  const path = decodePath(pathname)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads || !store.downloadLinks.opens(path, searchParams)) authorize(store, request)
  if (/^\/v2\/?$/.test(path)) return send(response, 200)
  // ECR has no catalog: repositories are listed by DescribeRepositories.
  if (path === '/v2/_catalog') throw new RegistryError('DENIED', 403, 'Not Authorized')

  for (const {path: pattern, methods} of routes) {
    const [, name, last = ''] = pattern.exec(path) ?? []
    if (name === undefined) continue
    const respond = methods.get(request.method ?? '')
    if (respond === undefined) throw methodNotAllowed(methods)
    const repository = findRepository(store, name)
    return respond({store, request, response, query: searchParams, repository, base: `/v2/${name}`}, last)
  }
  throw new RegistryError('NAME_UNKNOWN', 404, `no such path: ${path}`)
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch (error) {
    if (error instanceof URIError) throw new RegistryError('NAME_UNKNOWN', 400, `malformed path: ${pathname}`)
    throw error
  }
}

function findRepository({repositories}: RegistryStore, name: string): Repository {
  const reference = parseRegistryPath(name)
  if (reference === undefined) {
    const message = `'${name}' is not of the form <account>/<region>/<repository name>`
    throw new RegistryError('NAME_UNKNOWN', 404, message)
  }
  const repository = repositories.find(reference, reference.repositoryName)
  if (repository === undefined) throw repositoryNotFound(reference, reference.repositoryName)
  return repository
}

function methodNotAllowed(methods: ReadonlyMap<string, Answer>): RegistryError {
  const allow = [...methods.keys()].join(', ')
  return new RegistryError('UNSUPPORTED', 405, 'The operation is unsupported.', {allow})
}
