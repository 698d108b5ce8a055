import type {Tag} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import type {Repository} from '../../registry/repository.js'

type ResourceTags = Repository['resourceTags']

const maxTags = 50

/**
 * Tags of a resource with others added, which win over those of the same key.
 *
 * @throws AwsFault InvalidTagParameterException for keys that AWS reserves, TooManyTagsException over 50
 */
export function mergeTags(present: ResourceTags, added: readonly Tag[]): ResourceTags {
  const values = new Map(present.map(({key, value}) => [key, value]))
  for (const {Key = '', Value = ''} of added) {
    if (Key === '' || /^aws:/i.test(Key)) {
      throw new AwsFault('InvalidTagParameterException', `Invalid tag key '${Key}': it is empty or begins with aws:`)
    }
    values.set(Key, Value)
  }
  if (values.size > maxTags) {
    throw new AwsFault('TooManyTagsException', `A resource can have at most ${maxTags} tags, not ${values.size}`)
  }
  return [...values].map(([key, value]) => ({key, value}))
}
