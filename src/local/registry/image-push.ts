import {text} from 'node:stream/consumers'
import {digestOf} from './digest.js'
import {
  digestMismatch,
  imageTagAlreadyExists,
  layersNotFound,
  referencedImagesNotFound,
  repositoryNotFound,
} from './faults.js'
import type {ImageFacts} from './image-config.js'
import {readImageConfig} from './image-config.js'
import {findImage, moveTag} from './images.js'
import type {Manifest} from './manifest.js'
import {parseManifest} from './manifest.js'
import {isImageConfig, isIndex} from './media-types.js'
import type {Repository, StoredImage} from './repository.js'
import {findLayer} from './repository.js'
import type {RegistryStore} from './store.js'
import {isImmutable} from './tag-mutability.js'

export interface ManifestPush {
  readonly manifest: string
  readonly mediaType?: string | undefined
  readonly tag?: string | undefined
  /** The digest that the sender expects. */
  readonly digest?: string | undefined
}

/** Config blobs are small; what is larger is no container image's. */
const maxConfigBytes = 4 * 1024 * 1024

/**
 * Adds a manifest to a repository, and its tag. The same manifest again is no error unless its tag is immutable.
 *
 * @throws AwsFault LayersNotFoundException or ReferencedImagesNotFoundException when something the manifest names is not
 * in the repository; ImageTagAlreadyExistsException for an immutable tag; ImageDigestDoesNotMatchException;
 * InvalidParameterException for a manifest that cannot be read
 */
export async function pushImage(
  store: RegistryStore,
  repository: Repository,
  push: ManifestPush,
): Promise<StoredImage> {
  const manifest = parseManifest(push.manifest, push.mediaType)
  const digest = digestOf(push.manifest)
  if (push.digest !== undefined && push.digest !== digest) throw digestMismatch(push.digest, digest)

  refuseMissing(repository, manifest)
  const facts = await readFacts(store, repository, manifest)

  // From here on nothing waits, so two pushes of one tag cannot pass each other's checks.
  if (!store.repositories.holds(repository)) throw repositoryNotFound(repository, repository.repositoryName)
  refuseMissing(repository, manifest)
  refuseImmutable(repository, push.tag)
  const image = findImage(repository, {digest}) ?? addImage(store, repository, {digest, push, manifest, facts})
  if (push.tag !== undefined) moveTag(repository, image, push.tag)
  return image
}

function refuseMissing(repository: Repository, manifest: Manifest): void {
  const digests = [...new Set(manifest.required.map(({digest}) => digest))]
  if (isIndex(manifest.mediaType)) {
    const missing = digests.filter((digest) => findImage(repository, {digest}) === undefined)
    if (missing.length > 0) throw referencedImagesNotFound(repository, missing)
  } else {
    const missing = digests.filter((digest) => findLayer(repository, digest) === undefined)
    if (missing.length > 0) throw layersNotFound(repository, missing)
  }
}

function refuseImmutable(repository: Repository, tag: string | undefined): void {
  if (tag === undefined || findImage(repository, {tag}) === undefined) return
  if (isImmutable(repository.settings, tag)) throw imageTagAlreadyExists(repository, tag)
}

async function readFacts(
  {blobs}: RegistryStore,
  repository: Repository,
  {config}: Manifest,
): Promise<ImageFacts | undefined> {
  if (config === undefined || !isImageConfig(config.mediaType)) return undefined
  const layer = findLayer(repository, config.digest)
  if (layer === undefined || layer.size > maxConfigBytes) return undefined
  return readImageConfig(await text(blobs.read(layer.digest)))
}

function addImage(
  store: RegistryStore,
  repository: Repository,
  pushed: {digest: string; push: ManifestPush; manifest: Manifest; facts: ImageFacts | undefined},
): StoredImage {
  const {digest, push, manifest, facts} = pushed
  const image: StoredImage = {
    digest,
    mediaType: manifest.mediaType,
    manifest: push.manifest,
    pushedAt: store.clock.now(),
    references: manifest.references,
    ...(manifest.artifactType !== undefined && {artifactType: manifest.artifactType}),
    ...(manifest.subject !== undefined && {subject: manifest.subject}),
    ...facts,
    tags: [],
  }
  repository.images.push(image)
  return image
}
