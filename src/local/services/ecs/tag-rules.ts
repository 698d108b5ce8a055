import type {Tag} from '@aws-sdk/client-ecs'
import {requireThat} from './faults.js'

const TAG_LIMIT = 50
const PATTERN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/**
 * The tags of a request, checked: at most 50, keys unique and of 1 to 128 characters, values of at most 256, and
 * no key that begins with `aws:`.
 *
 * @throws AwsFault InvalidParameterException
 */
export function checkedTags(tags: readonly Tag[] | undefined): Tag[] {
  const checked = (tags ?? []).map(({key = '', value = ''}) => ({key, value}))
  requireThat(checked.length <= TAG_LIMIT, `The maximum number of tags is ${TAG_LIMIT}.`)
  requireThat(new Set(checked.map(({key}) => key)).size === checked.length, 'Tag keys must be unique.')
  for (const {key, value} of checked) {
    requireThat(key.length >= 1 && key.length <= 128 && PATTERN.test(key), `Tag key '${key}' is not valid.`)
    requireThat(value.length <= 256 && PATTERN.test(value), `Tag value of key '${key}' is not valid.`)
    requireThat(!key.toLowerCase().startsWith('aws:'), 'Tag keys that begin with aws: are reserved for AWS use.')
  }
  return checked
}

/** Tags joined with new ones, which replace those of the same key. */
export function mergedTags(existing: readonly Tag[], added: readonly Tag[]): Tag[] {
  const values = new Map([...existing, ...added].map(({key = '', value = ''}) => [key, value]))
  requireThat(values.size <= TAG_LIMIT, `The maximum number of tags is ${TAG_LIMIT}.`)
  return [...values].map(([key, value]) => ({key, value}))
}
