import type {
  ChangeTagsForResourceCommandInput,
  ChangeTagsForResourceCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-route-53'
import {ChangeTagsForResource$, ListTagsForResource$} from '@aws-sdk/client-route-53'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidInput} from './faults.js'
import type {ZoneRecord} from './records.js'
import type {ZoneStore} from './zone-store.js'

const TAG_LIMIT = 10

type ListInput = WithRequired<ListTagsForResourceCommandInput, 'ResourceType' | 'ResourceId'>
type ChangeInput = WithRequired<ChangeTagsForResourceCommandInput, 'ResourceType' | 'ResourceId'>

/** ListTagsForResource and ChangeTagsForResource, of hosted zones. */
export const tagOperations = (store: ZoneStore): Operation[] => [
  operation<ListInput, ListTagsForResourceCommandOutput>(ListTagsForResource$, (input, scope) => {
    const {tags} = taggedZone(store, scope, input)
    const Tags = Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
    return {ResourceTagSet: {ResourceType: input.ResourceType, ResourceId: input.ResourceId, Tags}}
  }),

  operation<ChangeInput, ChangeTagsForResourceCommandOutput>(ChangeTagsForResource$, (input, scope) => {
    const zone = taggedZone(store, scope, input)
    const kept = Object.entries(zone.tags).filter(([key]) => !input.RemoveTagKeys?.includes(key))
    const added = (input.AddTags ?? []).map(({Key = '', Value = ''}) => [Key, Value] as const)
    const tags: Record<string, string> = Object.fromEntries([...kept, ...added])
    if (Object.keys(tags).length > TAG_LIMIT) {
      throw invalidInput(`The number of tags exceeds the limit of ${TAG_LIMIT} for a resource.`)
    }
    zone.tags = tags
    return {}
  }),
]

function taggedZone(store: ZoneStore, scope: Scope, {ResourceType, ResourceId}: ListInput): ZoneRecord {
  if (ResourceType === 'hostedzone') return store.get(scope, ResourceId)
  throw new AwsFault('NoSuchHealthCheck', `No health check found with ID: ${ResourceId}`)
}
