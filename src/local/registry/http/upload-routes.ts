import {isDigest} from '../digest.js'
import {repositoryNotFound} from '../faults.js'
import {requireWholeParts, SMALLEST_PART_BYTES} from '../layer-parts.js'
import {parseRegistryPath} from '../reference.js'
import type {Layer} from '../repository.js'
import {addLayer, findLayer} from '../repository.js'
import {commitUpload} from '../store.js'
import type {Upload} from '../upload.js'
import {digestInvalid, RegistryError} from './errors.js'
import type {Exchange} from './exchange.js'
import {bodyOf, send} from './exchange.js'
import {parseContentRange} from './ranges.js'

/** POST: mounts a blob of another repository, takes a whole blob, or begins an upload. */
export async function beginUpload(exchange: Exchange): Promise<void> {
  const {store, response, repository, query} = exchange
  const digest = query.get('digest')
  const mountable = findMountable(exchange)
  if (mountable !== undefined) {
    addLayer(repository, mountable)
    return sendCreated(exchange, mountable)
  }
  if (digest !== null && !isDigest(digest)) throw digestInvalid(digest)
  const upload = store.uploads.begin(repository)
  if (digest === null) {
    response.setHeader('oci-chunk-min-length', SMALLEST_PART_BYTES)
    return sendProgress(exchange, upload, 202)
  }
  response.setHeader('docker-upload-uuid', upload.id)
  await finish(exchange, upload, digest)
}

/** GET: how much has arrived. */
export function showUpload(exchange: Exchange, id: string): void {
  sendProgress(exchange, findUpload(exchange, id), 204)
}

/** PATCH: the next chunk, or with no `Content-Range` all that is left. */
export async function continueUpload(exchange: Exchange, id: string): Promise<void> {
  const upload = findUpload(exchange, id)
  refuseMisplaced(exchange, upload)
  await upload.append(bodyOf(exchange.request))
  sendProgress(exchange, upload, 202)
}

/** PUT: the last bytes, if any, and the digest that everything must have. */
export async function completeUpload(exchange: Exchange, id: string): Promise<void> {
  const upload = findUpload(exchange, id)
  const digest = exchange.query.get('digest') ?? ''
  if (!isDigest(digest)) throw digestInvalid(digest)
  refuseMisplaced(exchange, upload)
  await finish(exchange, upload, digest)
}

export function cancelUpload(exchange: Exchange, id: string): void {
  exchange.store.uploads.discard(findUpload(exchange, id))
  send(exchange.response, 204)
}

async function finish(exchange: Exchange, upload: Upload, digest: string): Promise<void> {
  const {store, request, repository} = exchange
  try {
    await upload.append(bodyOf(request))
    requireWholeParts(repository, upload)
    if (upload.digest() !== digest) {
      throw new RegistryError('DIGEST_INVALID', 400, `provided digest ${digest} did not match uploaded content`)
    }
    if (!store.repositories.holds(repository)) throw repositoryNotFound(repository, repository.repositoryName)
  } catch (error) {
    store.uploads.discard(upload)
    throw error
  }
  sendCreated(exchange, commitUpload(store, repository, upload))
}

/** ECR mounts within one registry only, which is one account in one region. */
function findMountable({store, repository, query}: Exchange): Layer | undefined {
  const digest = query.get('mount')
  if (digest === null) return undefined
  const source = parseRegistryPath(query.get('from') ?? '')
  if (source?.account !== repository.account || source.region !== repository.region) return undefined
  const from = store.repositories.find(source, source.repositoryName)
  return from && findLayer(from, digest)
}

function findUpload({store, repository}: Exchange, id: string): Upload {
  const upload = store.uploads.find(repository, id)
  if (upload === undefined) throw new RegistryError('BLOB_UPLOAD_UNKNOWN', 404, 'blob upload unknown to registry')
  return upload
}

function refuseMisplaced(exchange: Exchange, upload: Upload): void {
  const {headers} = exchange.request
  if (upload.receiving) throw new RegistryError('BLOB_UPLOAD_INVALID', 409, 'another chunk of this upload is coming in')
  const range = parseContentRange(headers['content-range'])
  if (range === undefined) return
  const length = headers['content-length']
  if (length !== undefined && Number(length) !== range.end - range.start + 1) {
    throw new RegistryError('SIZE_INVALID', 400, 'content length and content range differ')
  }
  if (range.start === upload.size) return
  const message = `chunk begins at ${range.start}, but ${upload.size} bytes have been received`
  throw new RegistryError('BLOB_UPLOAD_INVALID', 416, message, progressOf(exchange, upload))
}

const progressOf = ({base}: Exchange, {id, size}: Upload): Record<string, string> => ({
  location: `${base}/blobs/uploads/${id}`,
  'docker-upload-uuid': id,
  range: `0-${Math.max(0, size - 1)}`,
})

const sendProgress = (exchange: Exchange, upload: Upload, status: number): void =>
  send(exchange.response, status, progressOf(exchange, upload))

const sendCreated = ({response, base}: Exchange, {digest}: Layer): void =>
  send(response, 201, {location: `${base}/blobs/${digest}`, 'docker-content-digest': digest})
