import type {Tag, TagSpecification} from '@aws-sdk/client-ec2'
import {AwsFault} from '../../aws-fault.js'
import {invalidValue} from './faults.js'

const maximumTags = 50

/** Tags as EC2 shows them. */
export const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({Key, Value}))

/**
 * The tags that a create call gives the resource it makes.
 *
 * @throws AwsFault InvalidParameterValue for tags of another kind of resource.
 */
export function specifiedTags(
  specifications: readonly TagSpecification[] | undefined,
  resourceType: string,
): Record<string, string> {
  const foreign = specifications?.find((specification) => specification.ResourceType !== resourceType)
  if (foreign !== undefined) {
    throw invalidValue(`'${foreign.ResourceType}' is not a valid taggable resource type for this operation.`)
  }
  return mergeTags(
    {},
    specifications?.flatMap(({Tags}) => Tags ?? []),
  )
}

/**
 * The tags after adding some; a key that is there gets the new value.
 *
 * @throws AwsFault InvalidParameterValue for the keys that AWS keeps for itself, TagLimitExceeded over 50 tags.
 */
export function mergeTags(
  present: Readonly<Record<string, string>>,
  added: readonly Tag[] = [],
): Record<string, string> {
  const merged = {...present}
  for (const {Key, Value} of added) {
    if (Key === undefined || Key === '') throw invalidValue('Tag keys may not be empty.')
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidValue("Tag keys starting with 'aws:' are reserved for internal use")
    }
    merged[Key] = Value ?? ''
  }
  if (Object.keys(merged).length > maximumTags) {
    throw new AwsFault('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.')
  }
  return merged
}
