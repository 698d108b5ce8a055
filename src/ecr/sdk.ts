import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr'
import type {AwsCalls} from '../aws/calls.js'

export {ECRClient as Client}

export const operations = {
  CreateRepository: CreateRepositoryCommand,
  DeleteRepository: DeleteRepositoryCommand,
  DescribeImages: DescribeImagesCommand,
  DescribeRepositories: DescribeRepositoriesCommand,
  GetAuthorizationToken: GetAuthorizationTokenCommand,
  ListTagsForResource: ListTagsForResourceCommand,
}

/** Amazon ECR, reduced to the operations that this program uses. */
export type Ecr = AwsCalls<typeof operations>
