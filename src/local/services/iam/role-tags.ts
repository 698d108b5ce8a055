import type {
  ListRoleTagsCommandInput,
  ListRoleTagsCommandOutput,
  Tag,
  TagRoleCommandInput,
  TagRoleCommandOutput,
  UntagRoleCommandInput,
  UntagRoleCommandOutput,
} from '@aws-sdk/client-iam'
import {ListRoleTags$, TagRole$, UntagRole$} from '@aws-sdk/client-iam'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidInput, limitExceeded} from './faults.js'
import {iamOperation} from './iam-operation.js'
import {pageOf} from './paging.js'
import type {RoleRecord} from './records.js'
import type {RoleStore} from './role-store.js'
import {tagList} from './role-views.js'

const maximumTags = 50

/** TagRole, UntagRole and ListRoleTags. */
export const roleTagOperations = (store: RoleStore): Operation[] => [
  iamOperation<WithRequired<TagRoleCommandInput, 'RoleName' | 'Tags'>, TagRoleCommandOutput>(
    TagRole$,
    (input, scope) => {
      const role = store.getModifiable(scope, input.RoleName)
      role.tags = mergeTags(role.tags, input.Tags)
      return {}
    },
  ),

  iamOperation<WithRequired<UntagRoleCommandInput, 'RoleName' | 'TagKeys'>, UntagRoleCommandOutput>(
    UntagRole$,
    (input, scope) => {
      const role = store.getModifiable(scope, input.RoleName)
      const gone = new Set(input.TagKeys.map((key) => key.toLowerCase()))
      role.tags = role.tags.filter(({key}) => !gone.has(key.toLowerCase()))
      return {}
    },
  ),

  iamOperation<WithRequired<ListRoleTagsCommandInput, 'RoleName'>, ListRoleTagsCommandOutput>(
    ListRoleTags$,
    (input, scope) => {
      const tags = store.get(scope, input.RoleName).tags.toSorted((one, other) => (one.key < other.key ? -1 : 1))
      const {items, next} = pageOf(tags, input, ({key}) => key)
      return {Tags: tagList(items), ...next}
    },
  ),
]

/**
 * The tags after adding some. Keys are the same in any case; an added one replaces the other where it stands.
 *
 * @throws AwsFault InvalidInput for a key given twice, LimitExceeded over 50 tags.
 */
export function mergeTags(present: RoleRecord['tags'], added: readonly Tag[]): RoleRecord['tags'] {
  const merged = new Map(present.map((tag) => [tag.key.toLowerCase(), tag]))
  const keys = new Set<string>()
  for (const {Key: key = '', Value: value = ''} of added) {
    keys.add(key.toLowerCase())
    merged.set(key.toLowerCase(), {key, value})
  }
  if (keys.size < added.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (merged.size > maximumTags) throw limitExceeded('The number of tags has reached the maximum limit.')
  return [...merged.values()]
}
