import type {
  CreateRepositoryCommandInput,
  CreateRepositoryCommandOutput,
  DeleteRepositoryCommandInput,
  DeleteRepositoryCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
} from '@aws-sdk/client-ecr'
import {CreateRepository$, DeleteRepository$, DescribeRepositories$} from '@aws-sdk/client-ecr'
import {invalidParameter} from '../../registry/faults.js'
import type {RegistryStore} from '../../registry/store.js'
import {releaseRepository} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {pageOf} from './paging.js'
import {registryOf} from './requests.js'
import {settingsOf} from './settings.js'
import {mergeTags} from './tag-sets.js'
import {viewRepository} from './views.js'

/** Create, describe and delete repositories. */
export const repositoryOperations = (store: RegistryStore): Operation[] => [
  operation<CreateRepositoryCommandInput, CreateRepositoryCommandOutput>(CreateRepository$, (input, request) => {
    const scope = registryOf(input, request)
    const name = input.repositoryName ?? ''
    const settings = settingsOf(store, scope, input)
    const resourceTags = mergeTags([], input.tags ?? [])
    const repository = store.repositories.create(scope, name, store.clock.now(), settings)
    repository.resourceTags = resourceTags
    return {repository: viewRepository(store, repository)}
  }),

  operation<DescribeRepositoriesCommandInput, DescribeRepositoriesCommandOutput>(
    DescribeRepositories$,
    (input, request) => {
      const scope = registryOf(input, request)
      const {repositoryNames} = input
      if (repositoryNames !== undefined) {
        if (input.nextToken !== undefined || input.maxResults !== undefined) {
          throw invalidParameter('repositoryNames', 'cannot be used together with nextToken or maxResults')
        }
        const repositories = repositoryNames.map((name) => store.repositories.get(scope, name))
        return {repositories: repositories.map((repository) => viewRepository(store, repository))}
      }
      const {items, next} = pageOf(store.repositories.list(scope), input, ({repositoryName}) => repositoryName)
      return {repositories: items.map((repository) => viewRepository(store, repository)), ...next}
    },
  ),

  operation<DeleteRepositoryCommandInput, DeleteRepositoryCommandOutput>(DeleteRepository$, (input, request) => {
    const scope = registryOf(input, request)
    const repository = store.repositories.delete(scope, input.repositoryName ?? '', input.force === true)
    releaseRepository(store, repository)
    return {repository: viewRepository(store, repository)}
  }),
]
