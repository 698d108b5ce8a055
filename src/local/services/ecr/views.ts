import type {ImageDetail, Repository as RepositoryView} from '@aws-sdk/client-ecr'
import {imageSize} from '../../registry/images.js'
import type {Repository, StoredImage} from '../../registry/repository.js'
import {registryPath} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import {regionalArn} from '../../scope.js'

const repositoryArn = (repository: Repository): string =>
  regionalArn('ecr', repository, `repository/${repository.repositoryName}`)

/** Which repository an answer is about. */
export const identityOf = ({account, repositoryName}: Repository): {registryId: string; repositoryName: string} => ({
  registryId: account,
  repositoryName,
})

/** A repository as ECR describes it; its URI leads to the local registry, account and region included. */
export function viewRepository({host}: RegistryStore, repository: Repository): RepositoryView {
  const {settings} = repository
  return {
    ...identityOf(repository),
    repositoryArn: repositoryArn(repository),
    repositoryUri: `${host()}/${registryPath(repository)}`,
    createdAt: new Date(repository.createdAt),
    imageTagMutability: settings.tagMutability,
    ...viewExclusions(repository),
    imageScanningConfiguration: {scanOnPush: settings.scanOnPush},
    encryptionConfiguration: {...settings.encryption},
  }
}

export function viewExclusions({settings}: Repository): Pick<RepositoryView, 'imageTagMutabilityExclusionFilters'> {
  const filters = settings.tagMutabilityExclusions.map((filter) => ({filterType: 'WILDCARD', filter}) as const)
  return filters.length === 0 ? {} : {imageTagMutabilityExclusionFilters: filters}
}

export function viewImage(repository: Repository, image: StoredImage): ImageDetail {
  return {
    ...identityOf(repository),
    imageDigest: image.digest,
    ...(image.tags.length > 0 && {imageTags: [...image.tags]}),
    imageSizeInBytes: imageSize(repository, image),
    imagePushedAt: new Date(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    ...(image.artifactType !== undefined && {artifactMediaType: image.artifactType}),
    ...(image.subject !== undefined && {subjectManifestDigest: image.subject}),
    ...(image.lastPulledAt !== undefined && {lastRecordedPullTime: new Date(image.lastPulledAt)}),
    imageStatus: 'ACTIVE',
  }
}
