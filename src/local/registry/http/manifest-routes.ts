import {isDigest} from '../digest.js'
import {pushImage} from '../image-push.js'
import type {ImageName} from '../images.js'
import {findImage, referencingIndexes, removeImage, removeTag} from '../images.js'
import type {StoredImage} from '../repository.js'
import {manifestUnknown, RegistryError} from './errors.js'
import type {Exchange} from './exchange.js'
import {readManifestText, send} from './exchange.js'

/** GET and HEAD of a manifest, as it was pushed. */
export function serveManifest(exchange: Exchange, reference: string): void {
  const {store, request, response} = exchange
  const image = getImage(exchange, reference)
  if (request.method === 'GET') image.lastPulledAt = store.clock.now()
  send(
    response,
    200,
    {
      'content-type': image.mediaType,
      'docker-content-digest': image.digest,
      'content-length': Buffer.byteLength(image.manifest),
    },
    image.manifest,
  )
}

/** PUT of a manifest under a tag, or under its own digest alone. */
export async function receiveManifest(exchange: Exchange, reference: string): Promise<void> {
  const {store, request, response, repository, base} = exchange
  const name = nameOf(reference)
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim()
  const manifest = await readManifestText(request)
  const image = await pushImage(store, repository, {manifest, mediaType, ...name})
  send(response, 201, {
    location: `${base}/manifests/${image.digest}`,
    'docker-content-digest': image.digest,
    ...(image.subject !== undefined && {'oci-subject': image.subject}),
  })
}

/** DELETE: a tag goes alone, a digest with all its tags. */
export function deleteManifest(exchange: Exchange, reference: string): void {
  const {repository, response} = exchange
  const image = getImage(exchange, reference)
  const {tag} = nameOf(reference)
  if (tag !== undefined) removeTag(repository, tag)
  else {
    const indexes = referencingIndexes(repository, image.digest)
    if (indexes.length > 0) {
      const message = `Requested image referenced by manifest list: [${indexes.join(', ')}]`
      throw new RegistryError('UNSUPPORTED', 405, message)
    }
    removeImage(repository, image)
  }
  send(response, 202)
}

function getImage({repository}: Exchange, reference: string): StoredImage {
  const image = findImage(repository, nameOf(reference))
  if (image === undefined) throw manifestUnknown()
  return image
}

function nameOf(reference: string): ImageName {
  if (isDigest(reference)) return {digest: reference}
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(reference)) return {tag: reference}
  throw new RegistryError('TAG_INVALID', 400, `'${reference}' is neither a tag nor a sha256 digest`)
}
