import {isDigest} from '../digest.js'
import {listTags} from '../images.js'
import type {JsonObject} from '../json.js'
import {isObject, parseJson} from '../json.js'
import {ociIndex} from '../media-types.js'
import type {StoredImage} from '../repository.js'
import {registryPath} from '../repository.js'
import {digestInvalid, RegistryError} from './errors.js'
import type {Exchange} from './exchange.js'
import {sendJson} from './exchange.js'

const maxPage = 1000

/** GET of the tags, `n` at a time, after `last`. */
export function serveTags({repository, response, query, base}: Exchange): void {
  const count = pageSize(query.get('n'))
  const last = query.get('last') ?? ''
  const tags = listTags(repository).filter((tag) => tag > last)
  const page = tags.slice(0, count)
  const end = page.at(-1)
  const hasMore = end !== undefined && page.length < tags.length
  const next = `<${base}/tags/list?n=${count}&last=${end}>; rel="next"`
  sendJson(response, {name: registryPath(repository), tags: page}, hasMore ? {link: next} : {})
}

function pageSize(text: string | null): number {
  if (text === null) return maxPage
  if (!/^\d{1,9}$/.test(text))
    throw new RegistryError('PAGINATION_NUMBER_INVALID', 400, `n must be a number, not '${text}'`)
  return Math.min(Number(text), maxPage)
}

/** GET of the signatures, SBOMs and the like that name a manifest as their subject. */
export function serveReferrers({repository, response, query}: Exchange, digest: string): void {
  if (!isDigest(digest)) throw digestInvalid(digest)
  const wanted = query.get('artifactType')
  const manifests = repository.images
    .filter(({subject, artifactType}) => subject === digest && (wanted === null || artifactType === wanted))
    .map((image) => ({
      mediaType: image.mediaType,
      digest: image.digest,
      size: Buffer.byteLength(image.manifest),
      ...(image.artifactType !== undefined && {artifactType: image.artifactType}),
      ...annotationsOf(image),
    }))
  sendJson(
    response,
    {schemaVersion: 2, mediaType: ociIndex, manifests},
    {'content-type': ociIndex, ...(wanted !== null && {'oci-filters-applied': 'artifactType'})},
  )
}

/** What a manifest says of itself, which its descriptor repeats. */
function annotationsOf({manifest}: StoredImage): JsonObject {
  const document = parseJson(manifest)
  return isObject(document) && isObject(document.annotations) ? {annotations: document.annotations} : {}
}
