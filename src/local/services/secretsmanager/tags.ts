import type {
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-secrets-manager'
import {TagResource$, UntagResource$} from '@aws-sdk/client-secrets-manager'
import {AwsFault} from '../../aws-fault.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {SecretRecord} from './records.js'
import type {SecretStore} from './secret-store.js'

const TAG_LIMIT = 50

/** TagResource and UntagResource. */
export const tagOperations = (store: SecretStore): Operation[] => [
  operation<WithRequired<TagResourceCommandInput, 'SecretId' | 'Tags'>, TagResourceCommandOutput>(
    TagResource$,
    (input, scope) => {
      const secret = store.getActive(scope, input.SecretId)
      secret.tags = mergeTags(secret.tags, input.Tags)
      return {}
    },
  ),

  operation<WithRequired<UntagResourceCommandInput, 'SecretId' | 'TagKeys'>, UntagResourceCommandOutput>(
    UntagResource$,
    (input, scope) => {
      const secret = store.getActive(scope, input.SecretId)
      secret.tags = Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !input.TagKeys.includes(key)))
      return {}
    },
  ),
]

/** The tags after adding some. @throws AwsFault InvalidParameterException, LimitExceededException over 50 */
export function mergeTags(present: SecretRecord['tags'], added: readonly Tag[]): SecretRecord['tags'] {
  if (added.some(({Key = ''}) => Key.toLowerCase().startsWith('aws:'))) {
    throw invalidParameter('Tag keys starting with aws: are reserved for internal use.')
  }
  const merged = {...present, ...Object.fromEntries(added.map(({Key = '', Value = ''}) => [Key, Value]))}
  if (Object.keys(merged).length > TAG_LIMIT) {
    throw new AwsFault('LimitExceededException', `A secret can have at most ${TAG_LIMIT} tags.`)
  }
  return merged
}
