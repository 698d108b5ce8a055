import type {
  BatchDeleteImageCommandInput,
  BatchDeleteImageCommandOutput,
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  Image,
  ImageFailure,
  ImageFailureCode,
  ImageIdentifier,
  PutImageCommandInput,
  PutImageCommandOutput,
} from '@aws-sdk/client-ecr'
import {BatchDeleteImage$, BatchGetImage$, PutImage$} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import {digestOf} from '../../registry/digest.js'
import {pushImage} from '../../registry/image-push.js'
import {findImage, referencingIndexes, removeImage, removeTag} from '../../registry/images.js'
import type {Repository, StoredImage} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {ImageId} from './requests.js'
import {identifiersOf, imageIdProblem, repositoryOf} from './requests.js'
import {identityOf} from './views.js'

/** Put, get and delete images by their manifests. */
export const imageOperations = (store: RegistryStore): Operation[] => [
  operation<PutImageCommandInput, PutImageCommandOutput>(PutImage$, async (input, request) => {
    const repository = repositoryOf(store, input, request)
    const {imageManifest: manifest = '', imageManifestMediaType: mediaType, imageTag: tag, imageDigest: digest} = input
    refusePresent(repository, manifest, tag)
    const image = await pushImage(store, repository, {manifest, mediaType, tag, digest})
    return {image: viewManifest(repository, image, tag)}
  }),

  operation<BatchGetImageCommandInput, BatchGetImageCommandOutput>(BatchGetImage$, (input, request) => {
    const repository = repositoryOf(store, input, request)
    const images: Image[] = []
    const failures: ImageFailure[] = []
    for (const id of input.imageIds ?? []) {
      const {image, failure} = resolve(repository, id)
      if (image === undefined) failures.push(failure)
      else {
        image.lastPulledAt = store.clock.now()
        images.push(viewManifest(repository, image, id.imageTag))
      }
    }
    return {images, failures}
  }),

  operation<BatchDeleteImageCommandInput, BatchDeleteImageCommandOutput>(BatchDeleteImage$, (input, request) => {
    const repository = repositoryOf(store, input, request)
    const imageIds: ImageIdentifier[] = []
    const failures: ImageFailure[] = []
    for (const id of input.imageIds ?? []) {
      const {deleted, failure} = deleteImage(repository, id)
      if (deleted === undefined) failures.push(failure)
      else imageIds.push(...deleted)
    }
    return {imageIds, failures}
  }),
]

/** Unlike docker's push, PutImage refuses what is already there. */
function refusePresent(repository: Repository, manifest: string, tag: string | undefined): void {
  const image = findImage(repository, {digest: digestOf(manifest), tag})
  if (image === undefined) return
  const {repositoryName, account} = repository
  throw new AwsFault(
    'ImageAlreadyExistsException',
    `Image with digest '${image.digest}' and tag '${tag ?? 'null'}' already exists in the repository with name '${repositoryName}' in registry with id '${account}'`,
  )
}

const viewManifest = (repository: Repository, image: StoredImage, tag: string | undefined): Image => ({
  ...identityOf(repository),
  imageId: {imageDigest: image.digest, ...(tag !== undefined && {imageTag: tag})},
  imageManifest: image.manifest,
  imageManifestMediaType: image.mediaType,
})

interface Failed {
  readonly image?: undefined
  readonly deleted?: undefined
  readonly failure: ImageFailure
}

const failed = (id: ImageId, failureCode: ImageFailureCode, failureReason: string): Failed => ({
  failure: {imageId: {...id}, failureCode, failureReason},
})

function resolve(repository: Repository, id: ImageId): {image: StoredImage; failure?: undefined} | Failed {
  const problem = imageIdProblem(id)
  if (problem !== undefined) return failed(id, ...problem)
  const image = findImage(repository, {digest: id.imageDigest, tag: id.imageTag})
  return image === undefined ? failed(id, 'ImageNotFound', 'Requested image not found') : {image}
}

/** A tag goes alone unless it is the image's last, whereupon the image goes too; a digest takes all its tags along. */
function deleteImage(
  repository: Repository,
  id: ImageId,
): {deleted: readonly ImageIdentifier[]; failure?: undefined} | Failed {
  const resolved = resolve(repository, id)
  if (resolved.image === undefined) return resolved
  const {digest, tags} = resolved.image
  if (id.imageTag !== undefined && tags.length > 1) {
    removeTag(repository, id.imageTag)
    return {deleted: [{imageDigest: digest, imageTag: id.imageTag}]}
  }
  const indexes = referencingIndexes(repository, digest)
  if (indexes.length > 0) {
    const reason = `Requested image referenced by manifest list: [${indexes.join(', ')}]`
    return failed(id, 'ImageReferencedByManifestList', reason)
  }
  removeImage(repository, resolved.image)
  return {deleted: identifiersOf(resolved.image)}
}
