import {pipeline} from 'node:stream/promises'
import {isDigest} from '../digest.js'
import {findLayer} from '../repository.js'
import {digestInvalid, RegistryError} from './errors.js'
import type {Exchange} from './exchange.js'
import {send} from './exchange.js'
import {parseRange} from './ranges.js'

/** GET and HEAD of a blob, whole or in part. */
export async function serveBlob(exchange: Exchange, digest: string): Promise<void> {
  const {store, request, response, repository} = exchange
  if (!isDigest(digest)) throw digestInvalid(digest)
  const layer = findLayer(repository, digest)
  if (layer === undefined) throw new RegistryError('BLOB_UNKNOWN', 404, `blob ${digest} unknown to registry`)

  const headers = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
  }
  if (request.method === 'HEAD') return send(response, 200, {...headers, 'content-length': layer.size})

  const range = parseRange(request.headers.range, layer.size)
  if (range === 'unsatisfiable') {
    throw new RegistryError('RANGE_INVALID', 416, 'range not satisfiable', {'content-range': `bytes */${layer.size}`})
  }
  const content = store.blobs.read(digest, range)
  if (range === undefined) response.writeHead(200, {...headers, 'content-length': layer.size})
  else {
    response.writeHead(206, {
      ...headers,
      'content-length': range.end - range.start + 1,
      'content-range': `bytes ${range.start}-${range.end}/${layer.size}`,
    })
  }
  await pipeline(content, response)
}
