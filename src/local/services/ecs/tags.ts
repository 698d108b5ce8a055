import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecs'
import {ListTagsForResource$, TagResource$, UntagResource$} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {EcsContext} from './context.js'
import {invalidParameter} from './faults.js'
import {checkedTags, mergedTags} from './tag-rules.js'

const KINDS = ['cluster', 'service', 'task', 'task-definition', 'container-instance', 'capacity-provider']

export function tagOperations({store}: EcsContext): Operation[] {
  const find = (arn = ''): {tags: Tag[]} => {
    const kind = /^arn:[^:]+:ecs:[^:]+:[^:]+:([a-z-]+)\//.exec(arn)?.[1]
    if (kind === undefined || !KINDS.includes(kind)) {
      throw invalidParameter('Invalid identifier: Identifier is for an unsupported resource type.')
    }
    const {services, tasks, containerInstances} = store.running
    const resource = [
      store.clusters,
      services,
      tasks,
      store.taskDefinitions,
      store.capacityProviders,
      containerInstances,
    ]
      .map((records) => records.get(arn))
      .find((record) => record !== undefined)
    if (resource === undefined) {
      throw new AwsFault('ResourceNotFoundException', `The specified resource was not found: ${arn}`)
    }
    return resource
  }
  return [
    operation<TagResourceCommandInput, TagResourceCommandOutput>(TagResource$, ({resourceArn, tags}) => {
      const resource = find(resourceArn)
      resource.tags = mergedTags(resource.tags, checkedTags(tags))
      return {}
    }),
    operation<UntagResourceCommandInput, UntagResourceCommandOutput>(UntagResource$, ({resourceArn, tagKeys = []}) => {
      const resource = find(resourceArn)
      resource.tags = resource.tags.filter(({key}) => key === undefined || !tagKeys.includes(key))
      return {}
    }),
    operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput>(
      ListTagsForResource$,
      ({resourceArn}) => ({tags: find(resourceArn).tags}),
    ),
  ]
}
