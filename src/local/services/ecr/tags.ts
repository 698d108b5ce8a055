import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecr'
import {ListTagsForResource$, TagResource$, UntagResource$} from '@aws-sdk/client-ecr'
import {invalidParameter} from '../../registry/faults.js'
import type {Repository} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {mergeTags} from './tag-sets.js'

/** Tags of repositories, by ARN. */
export const tagOperations = (store: RegistryStore): Operation[] => [
  operation<TagResourceCommandInput, TagResourceCommandOutput>(TagResource$, (input) => {
    const repository = repositoryByArn(store, input.resourceArn)
    repository.resourceTags = mergeTags(repository.resourceTags, input.tags ?? [])
    return {}
  }),

  operation<UntagResourceCommandInput, UntagResourceCommandOutput>(UntagResource$, (input) => {
    const repository = repositoryByArn(store, input.resourceArn)
    repository.resourceTags = repository.resourceTags.filter(({key}) => !input.tagKeys?.includes(key))
    return {}
  }),

  operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput>(ListTagsForResource$, (input) => {
    const {resourceTags} = repositoryByArn(store, input.resourceArn)
    return {tags: resourceTags.map(({key, value}) => ({Key: key, Value: value}))}
  }),
]

function repositoryByArn({repositories}: RegistryStore, arn = ''): Repository {
  const {region, account, name} =
    /^arn:aws[a-z-]*:ecr:(?<region>[a-z0-9-]+):(?<account>\d{12}):repository\/(?<name>.+)$/.exec(arn)?.groups ?? {}
  if (region === undefined || account === undefined || name === undefined) {
    throw invalidParameter('resourceArn', 'Invalid ARN')
  }
  return repositories.get({account, region}, name)
}
