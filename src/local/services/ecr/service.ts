import {ECRClient} from '@aws-sdk/client-ecr'
import type {RegistryStore} from '../../registry/store.js'
import type {LocalService} from '../../wire/service.js'
import {authorizationOperations} from './authorization.js'
import {imageListingOperations} from './image-listing.js'
import {imageOperations} from './images.js'
import {layerUploadOperations} from './layer-uploads.js'
import {layerOperations} from './layers.js'
import {policyOperations} from './policies.js'
import {repositoryOperations} from './repositories.js'
import {requestFaults} from './request-faults.js'
import {settingsOperations} from './settings.js'
import {tagOperations} from './tags.js'

/** Amazon ECR over the store that the registry serves to docker. */
export const createEcrService = (store: RegistryStore): LocalService => ({
  signingName: 'ecr',
  client: ECRClient,
  operations: [
    ...repositoryOperations(store),
    ...settingsOperations(store),
    ...authorizationOperations(store),
    ...imageListingOperations(store),
    ...imageOperations(store),
    ...layerOperations(store),
    ...layerUploadOperations(store),
    ...tagOperations(store),
    ...policyOperations(store),
  ],
  requestFaults,
})
