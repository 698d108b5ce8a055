import type * as Ecr from '@aws-sdk/client-ecr'
import {VirtualClock} from '../../../../../src/local/clock.js'
import type {Registry} from '../../../../../src/local/registry/registry.js'
import {createRegistry} from '../../../../../src/local/registry/registry.js'
import type {Repository} from '../../../../../src/local/registry/repository.js'
import type {Scope} from '../../../../../src/local/scope.js'
import {createEcrService} from '../../../../../src/local/services/ecr/service.js'
import {callOperation} from '../../../../helpers/call-operation.js'

export const scope: Scope = {account: '000000000000', region: 'us-east-1'}

/** Operations whose input and output are named after them. */
interface Operations {
  BatchCheckLayerAvailability: [
    Ecr.BatchCheckLayerAvailabilityCommandInput,
    Ecr.BatchCheckLayerAvailabilityCommandOutput,
  ]
  BatchDeleteImage: [Ecr.BatchDeleteImageCommandInput, Ecr.BatchDeleteImageCommandOutput]
  BatchGetImage: [Ecr.BatchGetImageCommandInput, Ecr.BatchGetImageCommandOutput]
  CompleteLayerUpload: [Ecr.CompleteLayerUploadCommandInput, Ecr.CompleteLayerUploadCommandOutput]
  CreateRepository: [Ecr.CreateRepositoryCommandInput, Ecr.CreateRepositoryCommandOutput]
  DeleteLifecyclePolicy: [Ecr.DeleteLifecyclePolicyCommandInput, Ecr.DeleteLifecyclePolicyCommandOutput]
  DeleteRepository: [Ecr.DeleteRepositoryCommandInput, Ecr.DeleteRepositoryCommandOutput]
  DeleteRepositoryPolicy: [Ecr.DeleteRepositoryPolicyCommandInput, Ecr.DeleteRepositoryPolicyCommandOutput]
  DescribeImages: [Ecr.DescribeImagesCommandInput, Ecr.DescribeImagesCommandOutput]
  DescribeRepositories: [Ecr.DescribeRepositoriesCommandInput, Ecr.DescribeRepositoriesCommandOutput]
  GetAuthorizationToken: [Ecr.GetAuthorizationTokenCommandInput, Ecr.GetAuthorizationTokenCommandOutput]
  GetDownloadUrlForLayer: [Ecr.GetDownloadUrlForLayerCommandInput, Ecr.GetDownloadUrlForLayerCommandOutput]
  GetLifecyclePolicy: [Ecr.GetLifecyclePolicyCommandInput, Ecr.GetLifecyclePolicyCommandOutput]
  GetRepositoryPolicy: [Ecr.GetRepositoryPolicyCommandInput, Ecr.GetRepositoryPolicyCommandOutput]
  InitiateLayerUpload: [Ecr.InitiateLayerUploadCommandInput, Ecr.InitiateLayerUploadCommandOutput]
  ListImages: [Ecr.ListImagesCommandInput, Ecr.ListImagesCommandOutput]
  ListTagsForResource: [Ecr.ListTagsForResourceCommandInput, Ecr.ListTagsForResourceCommandOutput]
  PutImage: [Ecr.PutImageCommandInput, Ecr.PutImageCommandOutput]
  PutImageScanningConfiguration: [
    Ecr.PutImageScanningConfigurationCommandInput,
    Ecr.PutImageScanningConfigurationCommandOutput,
  ]
  PutImageTagMutability: [Ecr.PutImageTagMutabilityCommandInput, Ecr.PutImageTagMutabilityCommandOutput]
  PutLifecyclePolicy: [Ecr.PutLifecyclePolicyCommandInput, Ecr.PutLifecyclePolicyCommandOutput]
  SetRepositoryPolicy: [Ecr.SetRepositoryPolicyCommandInput, Ecr.SetRepositoryPolicyCommandOutput]
  TagResource: [Ecr.TagResourceCommandInput, Ecr.TagResourceCommandOutput]
  UntagResource: [Ecr.UntagResourceCommandInput, Ecr.UntagResourceCommandOutput]
  UploadLayerPart: [Ecr.UploadLayerPartCommandInput, Ecr.UploadLayerPartCommandOutput]
}

export interface EcrCaller {
  readonly registry: Registry
  readonly clock: VirtualClock
  /** Calls an operation as the wire does; `from` is who asks. */
  call<Name extends keyof Operations>(
    name: Name,
    input: Operations[Name][0],
    from?: Scope,
  ): Promise<Operations[Name][1]>
  /** The repository as it is stored. */
  stored(repositoryName: string): Repository
}

export function ecrCaller(): EcrCaller {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1))
  const registry = createRegistry({clock, random: () => 0.5, host: () => '127.0.0.1:4566', secret: () => 'secret'})
  const service = createEcrService(registry.store)
  return {
    registry,
    clock,
    call: async (name, input, from = scope) =>
      callOperation(service, name, input, {...from, requestId: 'request', accessKeyId: 'AKIA'}) as never,
    stored: (repositoryName) => registry.store.repositories.get(scope, repositoryName),
  }
}
