import {isDigest} from './digest.js'
import {invalidParameter} from './faults.js'
import type {JsonObject} from './json.js'
import {isObject, parseJson} from './json.js'
import {isIndex, isManifest} from './media-types.js'
import type {Descriptor, Platform} from './repository.js'

/** What a manifest says, read once when it is pushed. */
export interface Manifest {
  readonly mediaType: string
  /** Config first, then layers; of an index the manifests. */
  readonly references: readonly Descriptor[]
  /** The references that must be in the repository already: all but layers that live elsewhere. */
  readonly required: readonly Descriptor[]
  readonly config?: Descriptor
  readonly artifactType?: string
  readonly subject?: string
}

/**
 * Reads a Docker schema 2 or OCI image manifest, manifest list or index.
 *
 * @param mediaType what the sender called it; the manifest's own `mediaType` counts where it is absent
 * @throws AwsFault InvalidParameterException for anything else, as ECR refuses it
 */
export function parseManifest(text: string, mediaType?: string): Manifest {
  const document = parseJson(text)
  if (!isObject(document)) throw invalidParameter('ImageManifest', 'Invalid JSON syntax')
  const type = mediaTypeOf(document, mediaType)
  const manifest = isIndex(type) ? readIndex(type, document) : readImage(type, document)
  return {
    ...manifest,
    ...(typeof document.artifactType === 'string' && {artifactType: document.artifactType}),
    ...(document.subject !== undefined && {subject: readDescriptor(document.subject, 'subject').digest}),
  }
}

function mediaTypeOf(document: JsonObject, given: string | undefined): string {
  const own = typeof document.mediaType === 'string' ? document.mediaType : undefined
  const named = given !== undefined && isManifest(given) ? given : undefined
  if (own !== undefined && named !== undefined && own !== named) {
    throw invalidParameter('ImageManifest', `media type ${own} of the manifest differs from the given ${named}`)
  }
  const mediaType = own ?? named
  if (mediaType === undefined || !isManifest(mediaType)) {
    throw invalidParameter('ImageManifest', `Unsupported manifest media type ${mediaType ?? given ?? 'undefined'}`)
  }
  return mediaType
}

function readImage(mediaType: string, document: JsonObject): Manifest {
  const config = readDescriptor(document.config, 'config')
  const layers = readList(document, 'layers')
  const required = [config, ...layers.filter((layer) => !isElsewhere(layer)).map(({descriptor}) => descriptor)]
  return {
    mediaType,
    references: [config, ...layers.map(({descriptor}) => descriptor)],
    required,
    config,
    artifactType: config.mediaType,
  }
}

function readIndex(mediaType: string, document: JsonObject): Manifest {
  const references = readList(document, 'manifests').map(({descriptor}) => descriptor)
  return {mediaType, references, required: references}
}

interface ListedDescriptor {
  readonly descriptor: Descriptor
  readonly urls: unknown
}

/** Windows base layers and their like may not be redistributed, so clients do not push them. */
const isElsewhere = ({descriptor, urls}: ListedDescriptor): boolean =>
  /\.(foreign|nondistributable)\./.test(descriptor.mediaType) || (Array.isArray(urls) && urls.length > 0)

function readList(document: JsonObject, key: string): ListedDescriptor[] {
  const list = document[key]
  if (!Array.isArray(list)) throw invalidParameter('ImageManifest', `${key} is not a list`)
  return list.map((item: unknown) => ({
    descriptor: readDescriptor(item, key),
    urls: isObject(item) ? item.urls : undefined,
  }))
}

function readDescriptor(value: unknown, key: string): Descriptor {
  if (!isObject(value)) throw invalidParameter('ImageManifest', `${key} is missing`)
  const {mediaType, digest, size, platform} = value
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || !isDigest(digest) || !isSize(size)) {
    throw invalidParameter('ImageManifest', `${key} has no valid mediaType, digest and size`)
  }
  return {mediaType, digest, size, ...readPlatform(platform)}
}

function readPlatform(value: unknown): {platform?: Platform} {
  if (!isObject(value)) return {}
  const {os, architecture} = value
  return typeof os === 'string' && typeof architecture === 'string' ? {platform: {os, architecture}} : {}
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
