import {AwsFault} from '../aws-fault.js'
import type {Scope} from '../scope.js'
import type {Repository} from './repository.js'
import type {Upload} from './upload.js'

/** What ECR answers with; the registry protocol derives its own error from the same fault. */
export const repositoryNotFound = ({account}: Scope, repositoryName: string): AwsFault =>
  new AwsFault(
    'RepositoryNotFoundException',
    `The repository with name '${repositoryName}' does not exist in the registry with id '${account}'`,
  )

export const repositoryAlreadyExists = ({account}: Scope, repositoryName: string): AwsFault =>
  new AwsFault(
    'RepositoryAlreadyExistsException',
    `The repository with name '${repositoryName}' already exists in the registry with id '${account}'`,
  )

export const repositoryNotEmpty = ({account, repositoryName}: Repository): AwsFault =>
  new AwsFault(
    'RepositoryNotEmptyException',
    `The repository with name '${repositoryName}' in registry with id '${account}' cannot be deleted because it still contains images`,
  )

export const imageTagAlreadyExists = ({repositoryName}: Repository, tag: string): AwsFault =>
  new AwsFault(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
  )

export const layersNotFound = (repository: Repository, digests: readonly string[]): AwsFault =>
  new AwsFault('LayersNotFoundException', missing('Layers', digests, repository))

export const referencedImagesNotFound = (repository: Repository, digests: readonly string[]): AwsFault =>
  new AwsFault('ReferencedImagesNotFoundException', missing('Images', digests, repository))

export const emptyUpload = ({account, repositoryName}: Repository, {id}: Upload): AwsFault =>
  new AwsFault(
    'EmptyUploadException',
    `The upload with id '${id}' in the repository with name '${repositoryName}' in registry with id '${account}' cannot be completed because it does not have any parts`,
  )

export const layerPartTooSmall = (): AwsFault =>
  new AwsFault('LayerPartTooSmallException', 'All layer parts except the last part should be at least 5MB')

export const digestMismatch = (given: string, actual: string): AwsFault =>
  new AwsFault(
    'ImageDigestDoesNotMatchException',
    `The provided digest '${given}' does not match the calculated digest '${actual}' of the image manifest`,
  )

/** A parameter that breaks a rule, in ECR's words. */
export const invalidParameter = (name: string, constraint: string): AwsFault =>
  new AwsFault(
    'InvalidParameterException',
    `Invalid parameter at '${name}' failed to satisfy constraint: '${constraint}'`,
  )

const missing = (what: string, digests: readonly string[], {account, repositoryName}: Repository): string =>
  `${what} with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${repositoryName}' in the registry with id '${account}' do not exist`
