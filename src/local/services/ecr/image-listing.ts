import type {
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  ListImagesCommandInput,
  ListImagesCommandOutput,
  TagStatus,
} from '@aws-sdk/client-ecr'
import {DescribeImages$, ListImages$} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import {invalidParameter} from '../../registry/faults.js'
import {findImage} from '../../registry/images.js'
import type {Repository, StoredImage} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {pageOf} from './paging.js'
import type {ImageId} from './requests.js'
import {identifiersOf, repositoryOf} from './requests.js'
import {viewImage} from './views.js'

/** Which images there are. */
export const imageListingOperations = (store: RegistryStore): Operation[] => [
  operation<ListImagesCommandInput, ListImagesCommandOutput>(ListImages$, (input, request) => {
    const repository = repositoryOf(store, input, request)
    const images = withStatus(repository.images, input.filter)
    const {items, next} = pageOf(images.flatMap(identifiersOf), input, (id) => `${id.imageDigest}:${id.imageTag}`)
    return {imageIds: [...items], ...next}
  }),

  operation<DescribeImagesCommandInput, DescribeImagesCommandOutput>(DescribeImages$, (input, request) => {
    const repository = repositoryOf(store, input, request)
    const {imageIds} = input
    if (imageIds !== undefined) {
      if (input.nextToken !== undefined || input.maxResults !== undefined) {
        throw invalidParameter('imageIds', 'cannot be used together with nextToken or maxResults')
      }
      const images = new Set(imageIds.map((id) => getImage(repository, id)))
      return {imageDetails: withStatus([...images], input.filter).map((image) => viewImage(repository, image))}
    }
    const {items, next} = pageOf(withStatus(repository.images, input.filter), input, ({digest}) => digest)
    return {imageDetails: items.map((image) => viewImage(repository, image)), ...next}
  }),
]

interface ImageFilter {
  readonly tagStatus?: TagStatus | undefined
  readonly imageStatus?: string | undefined
}

/** Every image is ACTIVE here: nothing archives one. */
function withStatus(images: readonly StoredImage[], filter: ImageFilter = {}): readonly StoredImage[] {
  const {tagStatus = 'ANY', imageStatus = 'ACTIVE'} = filter
  if (imageStatus !== 'ACTIVE' && imageStatus !== 'ANY') return []
  return tagStatus === 'ANY' ? images : images.filter(({tags}) => tags.length > 0 === (tagStatus === 'TAGGED'))
}

function getImage(repository: Repository, {imageDigest, imageTag}: ImageId): StoredImage {
  const image = findImage(repository, {digest: imageDigest, tag: imageTag})
  if (image !== undefined) return image
  const {repositoryName, account} = repository
  const id = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  throw new AwsFault(
    'ImageNotFoundException',
    `The image with imageId ${id} does not exist within the repository with name '${repositoryName}' in the registry with id '${account}'`,
  )
}
