import type {
  BatchCheckLayerAvailabilityCommandInput,
  BatchCheckLayerAvailabilityCommandOutput,
  GetDownloadUrlForLayerCommandInput,
  GetDownloadUrlForLayerCommandOutput,
  Layer as LayerView,
} from '@aws-sdk/client-ecr'
import {BatchCheckLayerAvailability$, GetDownloadUrlForLayer$} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import {isDigest} from '../../registry/digest.js'
import type {Repository} from '../../registry/repository.js'
import {findLayer, registryPath} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {repositoryOf} from './requests.js'

/** Which layers need no upload, and where they can be had from without a login. */
export const layerOperations = (store: RegistryStore): Operation[] => [
  operation<BatchCheckLayerAvailabilityCommandInput, BatchCheckLayerAvailabilityCommandOutput>(
    BatchCheckLayerAvailability$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const digests = input.layerDigests ?? []
      return {
        layers: digests.filter(isDigest).map((digest) => viewLayer(repository, digest)),
        failures: digests
          .filter((digest) => !isDigest(digest))
          .map((layerDigest) => ({
            layerDigest,
            failureCode: 'InvalidLayerDigest',
            failureReason: `Invalid layer digest '${layerDigest}'`,
          })),
      }
    },
  ),

  operation<GetDownloadUrlForLayerCommandInput, GetDownloadUrlForLayerCommandOutput>(
    GetDownloadUrlForLayer$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const {layerDigest = ''} = input
      if (findLayer(repository, layerDigest) === undefined) throw layerAbsent(repository, layerDigest)
      const path = `/v2/${registryPath(repository)}/blobs/${layerDigest}`
      return {layerDigest, downloadUrl: `http://${store.host()}${store.downloadLinks.sign(path)}`}
    },
  ),
]

const layerAbsent = ({account, repositoryName}: Repository, digest: string): AwsFault =>
  new AwsFault(
    'LayersNotFoundException',
    `The layer with digest '${digest}' does not exist in the repository with name '${repositoryName}' in the registry with id '${account}'`,
  )

function viewLayer(repository: Repository, layerDigest: string): LayerView {
  const layer = findLayer(repository, layerDigest)
  if (layer === undefined) return {layerDigest, layerAvailability: 'UNAVAILABLE'}
  const descriptors = repository.images.flatMap(({references}) => references)
  const mediaType = descriptors.find(({digest}) => digest === layerDigest)?.mediaType
  return {
    layerDigest,
    layerAvailability: 'AVAILABLE',
    layerSize: layer.size,
    ...(mediaType !== undefined && {mediaType}),
  }
}
