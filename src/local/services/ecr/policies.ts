import type {
  DeleteLifecyclePolicyCommandInput,
  DeleteLifecyclePolicyCommandOutput,
  DeleteRepositoryPolicyCommandInput,
  DeleteRepositoryPolicyCommandOutput,
  GetLifecyclePolicyCommandInput,
  GetLifecyclePolicyCommandOutput,
  GetRepositoryPolicyCommandInput,
  GetRepositoryPolicyCommandOutput,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyCommandOutput,
  SetRepositoryPolicyCommandInput,
  SetRepositoryPolicyCommandOutput,
} from '@aws-sdk/client-ecr'
import {
  DeleteLifecyclePolicy$,
  DeleteRepositoryPolicy$,
  GetLifecyclePolicy$,
  GetRepositoryPolicy$,
  PutLifecyclePolicy$,
  SetRepositoryPolicy$,
} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import {invalidParameter} from '../../registry/faults.js'
import {isObject, parseJson} from '../../registry/json.js'
import type {Repository} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {repositoryOf} from './requests.js'
import {identityOf} from './views.js'

/** Policies are kept and given back; nothing expires an image and nobody is denied because of one. */
export const policyOperations = (store: RegistryStore): Operation[] => [
  operation<PutLifecyclePolicyCommandInput, PutLifecyclePolicyCommandOutput>(PutLifecyclePolicy$, (input, request) => {
    const repository = repositoryOf(store, input, request)
    const text = input.lifecyclePolicyText ?? ''
    checkLifecyclePolicy(text)
    repository.lifecyclePolicy = {text, evaluatedAt: store.clock.now()}
    return {...identityOf(repository), lifecyclePolicyText: text}
  }),

  operation<GetLifecyclePolicyCommandInput, GetLifecyclePolicyCommandOutput>(GetLifecyclePolicy$, (input, request) =>
    viewLifecyclePolicy(repositoryOf(store, input, request)),
  ),

  operation<DeleteLifecyclePolicyCommandInput, DeleteLifecyclePolicyCommandOutput>(
    DeleteLifecyclePolicy$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const view = viewLifecyclePolicy(repository)
      delete repository.lifecyclePolicy
      return view
    },
  ),

  operation<SetRepositoryPolicyCommandInput, SetRepositoryPolicyCommandOutput>(
    SetRepositoryPolicy$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const policy = input.policyText ?? ''
      if (!isObject(parseJson(policy))) throw invalidParameter('PolicyText', 'Invalid repository policy provided')
      repository.policy = policy
      return viewPolicy(repository)
    },
  ),

  operation<GetRepositoryPolicyCommandInput, GetRepositoryPolicyCommandOutput>(GetRepositoryPolicy$, (input, request) =>
    viewPolicy(repositoryOf(store, input, request)),
  ),

  operation<DeleteRepositoryPolicyCommandInput, DeleteRepositoryPolicyCommandOutput>(
    DeleteRepositoryPolicy$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const view = viewPolicy(repository)
      delete repository.policy
      return view
    },
  ),
]

function checkLifecyclePolicy(text: string): void {
  const policy = parseJson(text)
  if (isObject(policy) && Array.isArray(policy.rules) && policy.rules.length > 0) return
  throw invalidParameter('LifecyclePolicyText', 'Lifecycle policy validation failure: a list of rules is required')
}

function viewLifecyclePolicy(repository: Repository): Omit<GetLifecyclePolicyCommandOutput, '$metadata'> {
  const {lifecyclePolicy} = repository
  if (lifecyclePolicy === undefined) throw notFound('Lifecycle', repository)
  return {
    ...identityOf(repository),
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.evaluatedAt),
  }
}

function viewPolicy(repository: Repository): Omit<GetRepositoryPolicyCommandOutput, '$metadata'> {
  const {policy} = repository
  if (policy === undefined) throw notFound('Repository', repository)
  return {...identityOf(repository), policyText: policy}
}

const notFound = (kind: 'Lifecycle' | 'Repository', {account, repositoryName}: Repository): AwsFault =>
  new AwsFault(
    `${kind}PolicyNotFoundException`,
    `${kind} policy does not exist for the repository with name '${repositoryName}' in the registry with id '${account}'`,
  )
