import {absentOn} from '../aws/errors.js'
import {AwsError} from '../errors/errors.js'
import type {Ecr} from './sdk.js'

export interface Repository {
  readonly arn: string
  readonly name: string
  /** Registry host and path, without a tag. */
  readonly uri: string
}

/** Finds a repository of this account by name. */
export async function findRepository(ecr: Ecr, name: string): Promise<Repository | undefined> {
  const answer = await absentOn(ecr('DescribeRepositories', {repositoryNames: [name]}), 'RepositoryNotFoundException')
  const [found] = answer?.repositories ?? []
  return found && {arn: found.repositoryArn ?? '', name, uri: found.repositoryUri ?? ''}
}

/** Creates a repository; one that somebody made in the meantime is taken as it is. */
export async function createRepository(
  ecr: Ecr,
  name: string,
  tags: {Key: string; Value: string}[],
): Promise<Repository> {
  const created = await absentOn(
    ecr('CreateRepository', {repositoryName: name, tags}),
    'RepositoryAlreadyExistsException',
  )
  if (created?.repository === undefined) {
    const existing = await findRepository(ecr, name)
    if (existing !== undefined) return existing
    throw new AwsError('REPOSITORY_NOT_FOUND', `ECR says that repository ${name} exists, and then that it does not`)
  }
  return {arn: created.repository.repositoryArn ?? '', name, uri: created.repository.repositoryUri ?? ''}
}

/** Whether a tag is in a repository; false when the repository does not exist. */
export async function hasImageTag(ecr: Ecr, repositoryName: string, imageTag: string): Promise<boolean> {
  const answer = await absentOn(
    ecr('DescribeImages', {repositoryName, imageIds: [{imageTag}]}),
    'ImageNotFoundException',
    'RepositoryNotFoundException',
  )
  return (answer?.imageDetails ?? []).length > 0
}

/** Deletes a repository with its images; an absent one is no error. */
export async function deleteRepository(ecr: Ecr, repositoryName: string): Promise<void> {
  await absentOn(ecr('DeleteRepository', {repositoryName, force: true}), 'RepositoryNotFoundException')
}

export async function repositoryTags(ecr: Ecr, arn: string): Promise<Record<string, string>> {
  const {tags = []} = await ecr('ListTagsForResource', {resourceArn: arn})
  return Object.fromEntries(tags.map(({Key = '', Value = ''}) => [Key, Value]))
}
