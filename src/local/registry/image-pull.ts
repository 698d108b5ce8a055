import type {ImagePull, ImagesPort} from '../ports.js'
import {findImage} from './images.js'
import {isIndex} from './media-types.js'
import type {ImageReference} from './reference.js'
import {locateRepository, parseReference} from './reference.js'
import type {Platform, Repository, StoredImage} from './repository.js'
import {registryPath} from './repository.js'
import type {RegistryStore} from './store.js'

/**
 * Pulls as the container agent on Fargate does. It gives up at once on a reference that does not exist and retries
 * seven times on an image without the platform; both texts say so.
 */
export function createImages(store: RegistryStore): ImagesPort {
  return {
    pull: (_scope, reference, platform) => {
      const parsed = parseReference(reference)
      if (parsed === undefined) return notFound(reference)
      const located = locateRepository(parsed, [store.host(), ...store.formerHosts()])
      if (located === 'foreign') return {outcome: 'foreign'}
      const repository = located && store.repositories.find(located, located.repositoryName)
      return repository === undefined ? notFound(resolvedName(parsed)) : pullFrom(store, repository, parsed, platform)
    },
  }
}

function pullFrom(
  {clock, host}: RegistryStore,
  repository: Repository,
  reference: ImageReference,
  platform: Platform,
): ImagePull {
  const {digest, tag = 'latest'} = reference
  // A digest decides alone: docker and containerd ignore a tag beside it.
  const image = findImage(repository, digest === undefined ? {tag} : {digest})
  if (image === undefined) return notFound(resolvedName(reference))
  const match = isIndex(image.mediaType) ? pickPlatform(repository, image, platform) : image
  if (match?.config === undefined || !isSame(match.platform, platform)) return platformMissing(platform)
  image.lastPulledAt = clock.now()
  const source = `${host()}/${registryPath(repository)}@${image.digest}`
  return {outcome: 'pulled', digest: image.digest, config: match.config, source}
}

/** The image for a platform in an index. What the index says decides; where it is silent, the image's own config. */
function pickPlatform(repository: Repository, index: StoredImage, wanted: Platform): StoredImage | undefined {
  for (const child of index.references) {
    const image = findImage(repository, {digest: child.digest})
    if (image !== undefined && isSame(child.platform ?? image.platform, wanted)) return image
  }
  return undefined
}

const isSame = (platform: Platform | undefined, wanted: Platform): boolean =>
  platform?.os === wanted.os && platform.architecture === wanted.architecture

const resolvedName = ({host, path, tag, digest}: ImageReference): string => {
  const name = host === undefined ? path : `${host}/${path}`
  if (digest !== undefined) return `${name}@${digest}`
  return `${name}:${tag ?? 'latest'}`
}

const notFound = (reference: string): ImagePull => ({
  outcome: 'failed',
  reason: `pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: ${reference}: not found`,
})

const platformMissing = ({os, architecture}: Platform): ImagePull => ({
  outcome: 'failed',
  reason: `pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform '${os}/${architecture}'`,
})
