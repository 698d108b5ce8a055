import type {ImageIdentifier} from '@aws-sdk/client-ecr'
import {isDigest} from '../../registry/digest.js'
import type {Repository, StoredImage} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Scope} from '../../scope.js'

/** The registry that a request is about: the caller's own unless it names another. */
export const registryOf = (
  {registryId}: {readonly registryId?: string | undefined},
  {account, region}: Scope,
): Scope => ({
  account: registryId ?? account,
  region,
})

/** @throws AwsFault RepositoryNotFoundException */
export const repositoryOf = (
  {repositories}: RegistryStore,
  input: {readonly registryId?: string | undefined; readonly repositoryName: string | undefined},
  request: Scope,
): Repository => repositories.get(registryOf(input, request), input.repositoryName ?? '')

export interface ImageId {
  readonly imageDigest?: string | undefined
  readonly imageTag?: string | undefined
}

export type ImageIdProblem = readonly ['MissingDigestAndTag' | 'InvalidImageDigest', string]

/** What is wrong with an image identifier by itself; ECR reports it as a failure of that one image. */
export function imageIdProblem({imageDigest, imageTag}: ImageId): ImageIdProblem | undefined {
  if (imageDigest === undefined && imageTag === undefined) {
    return ['MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null']
  }
  if (imageDigest !== undefined && !isDigest(imageDigest)) {
    const rule = "image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
    return ['InvalidImageDigest', `Invalid request parameters: ${rule}`]
  }
  return undefined
}

/** One identifier per tag; an image without a tag has one with the digest alone. */
export const identifiersOf = ({digest, tags}: StoredImage): ImageIdentifier[] =>
  tags.length === 0 ? [{imageDigest: digest}] : tags.map((imageTag) => ({imageDigest: digest, imageTag}))
