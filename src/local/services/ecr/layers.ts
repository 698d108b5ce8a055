import type {
  BatchCheckLayerAvailabilityCommandInput,
  BatchCheckLayerAvailabilityCommandOutput,
  Layer as LayerView,
} from '@aws-sdk/client-ecr'
import {BatchCheckLayerAvailability$} from '@aws-sdk/client-ecr'
import {isDigest} from '../../registry/digest.js'
import type {Repository} from '../../registry/repository.js'
import {findLayer} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {repositoryOf} from './requests.js'

/** Which layers need no upload. */
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
]

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
