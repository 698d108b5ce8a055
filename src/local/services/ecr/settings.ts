import type {
  CreateRepositoryCommandInput,
  EncryptionConfiguration,
  PutImageScanningConfigurationCommandInput,
  PutImageScanningConfigurationCommandOutput,
  PutImageTagMutabilityCommandInput,
  PutImageTagMutabilityCommandOutput,
} from '@aws-sdk/client-ecr'
import {PutImageScanningConfiguration$, PutImageTagMutability$} from '@aws-sdk/client-ecr'
import {invalidParameter} from '../../registry/faults.js'
import type {RepositorySettings, TagMutability} from '../../registry/repository.js'
import {defaultSettings} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {repositoryOf} from './requests.js'
import {identityOf, viewExclusions} from './views.js'

/** The settings of a new repository, AWS's defaults filled in. */
export function settingsOf(
  store: RegistryStore,
  scope: Scope,
  input: CreateRepositoryCommandInput,
): RepositorySettings {
  return {
    ...mutabilityOf(input),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? defaultSettings.scanOnPush,
    encryption: encryptionOf(store, scope, input.encryptionConfiguration),
  }
}

type MutabilityInput = Pick<CreateRepositoryCommandInput, 'imageTagMutability' | 'imageTagMutabilityExclusionFilters'>

function mutabilityOf(input: MutabilityInput): Pick<RepositorySettings, 'tagMutability' | 'tagMutabilityExclusions'> {
  const tagMutability: TagMutability = input.imageTagMutability ?? defaultSettings.tagMutability
  const tagMutabilityExclusions = (input.imageTagMutabilityExclusionFilters ?? []).map(({filter}) => filter ?? '')
  const wantsExclusions = tagMutability.endsWith('_WITH_EXCLUSION')
  if (wantsExclusions !== tagMutabilityExclusions.length > 0) {
    const verb = wantsExclusions ? "can't be null" : 'must be null'
    throw invalidParameter(
      'imageTagMutabilityExclusionFilters',
      `ImageTagMutabilityExclusionFilters ${verb} when imageTagMutability is set as ${tagMutability}`,
    )
  }
  return {tagMutability, tagMutabilityExclusions}
}

/** ECR names the account's own key `aws/ecr` by its ARN when KMS is asked for without a key. */
function encryptionOf(
  {random}: RegistryStore,
  scope: Scope,
  configuration: EncryptionConfiguration | undefined,
): RepositorySettings['encryption'] {
  const encryptionType = configuration?.encryptionType ?? 'AES256'
  if (encryptionType === 'AES256') return {encryptionType}
  const keyId = Math.floor(random() * 2 ** 48).toString(16)
  const awsKey = regionalArn('kms', scope, `key/00000000-0000-4000-8000-${keyId.padStart(12, '0')}`)
  return {encryptionType, kmsKey: configuration?.kmsKey ?? awsKey}
}

/** Change what CreateRepository set. */
export const settingsOperations = (store: RegistryStore): Operation[] => [
  operation<PutImageTagMutabilityCommandInput, PutImageTagMutabilityCommandOutput>(
    PutImageTagMutability$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      repository.settings = {...repository.settings, ...mutabilityOf(input)}
      return {
        ...identityOf(repository),
        imageTagMutability: repository.settings.tagMutability,
        ...viewExclusions(repository),
      }
    },
  ),

  operation<PutImageScanningConfigurationCommandInput, PutImageScanningConfigurationCommandOutput>(
    PutImageScanningConfiguration$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const scanOnPush = input.imageScanningConfiguration?.scanOnPush ?? false
      repository.settings = {...repository.settings, scanOnPush}
      return {...identityOf(repository), imageScanningConfiguration: {scanOnPush}}
    },
  ),
]
