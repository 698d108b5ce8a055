import type {
  AddTagsToResourceCommandInput,
  AddTagsToResourceCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  RemoveTagsFromResourceCommandInput,
  RemoveTagsFromResourceCommandOutput,
  Tag,
} from '@aws-sdk/client-ssm'
import {AddTagsToResource$, ListTagsForResource$, RemoveTagsFromResource$} from '@aws-sdk/client-ssm'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {validation} from './faults.js'
import type {ParameterStore} from './parameter-store.js'
import type {ParameterRecord} from './records.js'

const TAG_LIMIT = 50

type Resource = 'ResourceType' | 'ResourceId'

/** AddTagsToResource, RemoveTagsFromResource and ListTagsForResource, of parameters. */
export const tagOperations = (store: ParameterStore): Operation[] => [
  operation<WithRequired<AddTagsToResourceCommandInput, Resource | 'Tags'>, AddTagsToResourceCommandOutput>(
    AddTagsToResource$,
    (input, scope) => {
      const parameter = taggedParameter(store, scope, input)
      parameter.tags = mergeTags(parameter.tags, input.Tags)
      return {}
    },
  ),

  operation<
    WithRequired<RemoveTagsFromResourceCommandInput, Resource | 'TagKeys'>,
    RemoveTagsFromResourceCommandOutput
  >(RemoveTagsFromResource$, (input, scope) => {
    const parameter = taggedParameter(store, scope, input)
    parameter.tags = Object.fromEntries(Object.entries(parameter.tags).filter(([key]) => !input.TagKeys.includes(key)))
    return {}
  }),

  operation<WithRequired<ListTagsForResourceCommandInput, Resource>, ListTagsForResourceCommandOutput>(
    ListTagsForResource$,
    (input, scope) => {
      const {tags} = taggedParameter(store, scope, input)
      return {TagList: Object.entries(tags).map(([Key, Value]) => ({Key, Value}))}
    },
  ),
]

/** The tags after adding some. @throws AwsFault ValidationException for reserved keys, TooManyTagsError over 50 */
export function mergeTags(present: ParameterRecord['tags'], added: readonly Tag[]): ParameterRecord['tags'] {
  if (added.some(({Key = ''}) => Key.toLowerCase().startsWith('aws:'))) {
    throw validation('Tag keys starting with aws: are reserved for internal use.')
  }
  const merged = {...present, ...Object.fromEntries(added.map(({Key = '', Value = ''}) => [Key, Value]))}
  if (Object.keys(merged).length > TAG_LIMIT) {
    throw new AwsFault('TooManyTagsError', `A resource can have at most ${TAG_LIMIT} tags.`)
  }
  return merged
}

function taggedParameter(
  store: ParameterStore,
  scope: Scope,
  {ResourceType, ResourceId}: {readonly ResourceType: string; readonly ResourceId: string},
): ParameterRecord {
  if (ResourceType !== 'Parameter') {
    throw new AwsFault('InvalidResourceType', 'The local AWS has no resources of this type but parameters.')
  }
  const parameter = store.find(scope, ResourceId)
  if (parameter === undefined) {
    throw new AwsFault(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    )
  }
  return parameter
}
