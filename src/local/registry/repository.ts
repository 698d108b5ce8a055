import type {ImageConfig} from '../ports.js'
import type {Scope} from '../scope.js'

export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'

/** Settings that CreateRepository takes and that may change later. */
export interface RepositorySettings {
  readonly tagMutability: TagMutability
  /** Wildcard patterns of tags that are the exception to `tagMutability`. */
  readonly tagMutabilityExclusions: readonly string[]
  readonly scanOnPush: boolean
  readonly encryption: {readonly encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'; readonly kmsKey?: string}
}

export interface Platform {
  readonly os: string
  readonly architecture: string
}

/** What a manifest names: a blob or another manifest. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: Platform
}

/** A manifest as it was pushed, and what was read from it at that time. */
export interface StoredImage {
  readonly digest: string
  readonly mediaType: string
  /** The exact text: its SHA-256 is the digest. */
  readonly manifest: string
  readonly pushedAt: number
  /** Config and layers of an image, or the manifests of an index. */
  readonly references: readonly Descriptor[]
  readonly artifactType?: string
  /** The image that this one says something of (a signature, an SBOM). */
  readonly subject?: string
  /** From the config blob; absent for an index and for artifacts that are no container images. */
  readonly platform?: Platform
  readonly config?: ImageConfig
  tags: string[]
  lastPulledAt?: number
}

export interface Layer {
  readonly digest: string
  readonly size: number
}

/** One ECR repository with everything in it but the bytes of its layers. JSON-serialisable. */
export interface Repository extends Scope {
  readonly repositoryName: string
  readonly createdAt: number
  settings: RepositorySettings
  resourceTags: {readonly key: string; readonly value: string}[]
  images: StoredImage[]
  layers: Layer[]
  lifecyclePolicy?: {readonly text: string; readonly evaluatedAt: number}
  policy?: string
}

export const defaultSettings: RepositorySettings = {
  tagMutability: 'MUTABLE',
  tagMutabilityExclusions: [],
  scanOnPush: false,
  encryption: {encryptionType: 'AES256'},
}

export const findLayer = (repository: Repository, digest: string): Layer | undefined =>
  repository.layers.find((layer) => layer.digest === digest)

/** Makes a layer known to a repository; a second time changes nothing. */
export function addLayer(repository: Repository, layer: Layer): void {
  if (findLayer(repository, layer.digest) === undefined) repository.layers.push(layer)
}

/** The name under which the registry serves a repository: all accounts and regions share one loopback host. */
export const registryPath = ({account, region, repositoryName}: Repository): string =>
  `${account}/${region}/${repositoryName}`
