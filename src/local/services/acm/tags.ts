import type {
  AddTagsToCertificateCommandInput,
  AddTagsToCertificateCommandOutput,
  ListTagsForCertificateCommandInput,
  ListTagsForCertificateCommandOutput,
  RemoveTagsFromCertificateCommandInput,
  RemoveTagsFromCertificateCommandOutput,
  Tag,
} from '@aws-sdk/client-acm'
import {AddTagsToCertificate$, ListTagsForCertificate$, RemoveTagsFromCertificate$} from '@aws-sdk/client-acm'
import {AwsFault} from '../../aws-fault.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {AcmContext} from './context.js'

const MOST_TAGS = 50

/**
 * Checks the tags of a call and gives them as an object.
 *
 * @throws AwsFault InvalidTagException or TooManyTagsException
 */
export function tagsFrom(tags: readonly Tag[] | undefined): Record<string, string> {
  for (const tag of tags ?? []) {
    if (tag.Key?.startsWith('aws:'))
      throw new AwsFault('InvalidTagException', 'aws: prefixed tag key names are not allowed for external use.')
  }
  return limited(Object.fromEntries((tags ?? []).map(({Key = '', Value = ''}) => [Key, Value])))
}

function limited(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length <= MOST_TAGS) return tags
  throw new AwsFault('TooManyTagsException', `The certificate can have at most ${MOST_TAGS} tags.`)
}

export function tagOperations({store}: AcmContext): Operation[] {
  return [
    operation<AddTagsToCertificateCommandInput, AddTagsToCertificateCommandOutput>(
      AddTagsToCertificate$,
      ({CertificateArn, Tags}, scope) => {
        const record = store.find(scope, CertificateArn)
        record.tags = limited({...record.tags, ...tagsFrom(Tags)})
        return {}
      },
    ),
    operation<RemoveTagsFromCertificateCommandInput, RemoveTagsFromCertificateCommandOutput>(
      RemoveTagsFromCertificate$,
      ({CertificateArn, Tags = []}, scope) => {
        const record = store.find(scope, CertificateArn)
        // A tag without a value goes whatever its value is.
        const goes = ([key, value]: [string, string]) =>
          Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value))
        record.tags = Object.fromEntries(Object.entries(record.tags).filter((tag) => !goes(tag)))
        return {}
      },
    ),
    operation<ListTagsForCertificateCommandInput, ListTagsForCertificateCommandOutput>(
      ListTagsForCertificate$,
      ({CertificateArn}, scope) => ({
        Tags: Object.entries(store.find(scope, CertificateArn).tags).map(([Key, Value]) => ({Key, Value})),
      }),
    ),
  ]
}
