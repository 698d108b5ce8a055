import {isIndex} from './media-types.js'
import type {Repository, StoredImage} from './repository.js'

/** How an image is named: by tag, by digest, or by both, which must then agree. */
export interface ImageName {
  readonly tag?: string | undefined
  readonly digest?: string | undefined
}

export function findImage(repository: Repository, {tag, digest}: ImageName): StoredImage | undefined {
  if (tag === undefined && digest === undefined) return undefined
  return repository.images.find(
    (image) => (digest === undefined || image.digest === digest) && (tag === undefined || image.tags.includes(tag)),
  )
}

/** Puts a tag on an image; the image that had it before stays, without it. */
export function moveTag(repository: Repository, image: StoredImage, tag: string): void {
  if (image.tags.includes(tag)) return
  removeTag(repository, tag)
  image.tags.push(tag)
}

export function removeTag(repository: Repository, tag: string): void {
  for (const image of repository.images) image.tags = image.tags.filter((other) => other !== tag)
}

export function removeImage(repository: Repository, image: StoredImage): void {
  repository.images = repository.images.filter((other) => other !== image)
}

/** The digests of the indexes that name a manifest, which ECR does not let go before them. */
export function referencingIndexes(repository: Repository, digest: string): string[] {
  return repository.images
    .filter(({mediaType, references}) => isIndex(mediaType) && references.some((child) => child.digest === digest))
    .map((image) => image.digest)
}

/** Bytes as ECR counts them: layers and config of an image; for an index its largest image. */
export function imageSize(repository: Repository, image: StoredImage): number {
  if (!isIndex(image.mediaType)) return image.references.reduce((sum, {size}) => sum + size, 0)
  const children = repository.images.filter((other) => image.references.some(({digest}) => digest === other.digest))
  return Math.max(0, ...children.filter((child) => child !== image).map((child) => imageSize(repository, child)))
}

/** Every tag of a repository, in the order in which the distribution specification lists them. */
export const listTags = (repository: Repository): string[] => repository.images.flatMap(({tags}) => tags).sort()
