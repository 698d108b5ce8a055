import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTagsLogGroupCommandInput,
  ListTagsLogGroupCommandOutput,
  TagLogGroupCommandInput,
  TagLogGroupCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagLogGroupCommandInput,
  UntagLogGroupCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  ListTagsForResource$,
  ListTagsLogGroup$,
  TagLogGroup$,
  TagResource$,
  UntagLogGroup$,
  UntagResource$,
} from '@aws-sdk/client-cloudwatch-logs'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {LogStore} from './log-store.js'
import {groupNameOf} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import type {GroupRecord} from './records.js'

const maximumTags = 50

type Tags = Readonly<Record<string, string>>

/** The tag calls by ARN, and those by name of old. */
export const tagOperations = (store: LogStore): Operation[] => [
  logsOperation<WithRequired<TagResourceCommandInput, 'resourceArn' | 'tags'>, TagResourceCommandOutput>(
    TagResource$,
    (input, scope) => tag(groupByArn(store, scope, input.resourceArn), input.tags),
  ),
  logsOperation<WithRequired<UntagResourceCommandInput, 'resourceArn' | 'tagKeys'>, UntagResourceCommandOutput>(
    UntagResource$,
    (input, scope) => untag(groupByArn(store, scope, input.resourceArn), input.tagKeys),
  ),
  logsOperation<WithRequired<ListTagsForResourceCommandInput, 'resourceArn'>, ListTagsForResourceCommandOutput>(
    ListTagsForResource$,
    (input, scope) => ({tags: groupByArn(store, scope, input.resourceArn).tags}),
  ),
  logsOperation<WithRequired<TagLogGroupCommandInput, 'logGroupName' | 'tags'>, TagLogGroupCommandOutput>(
    TagLogGroup$,
    (input, scope) => tag(store.group(scope, input.logGroupName), input.tags),
  ),
  logsOperation<WithRequired<UntagLogGroupCommandInput, 'logGroupName' | 'tags'>, UntagLogGroupCommandOutput>(
    UntagLogGroup$,
    (input, scope) => untag(store.group(scope, input.logGroupName), input.tags),
  ),
  logsOperation<WithRequired<ListTagsLogGroupCommandInput, 'logGroupName'>, ListTagsLogGroupCommandOutput>(
    ListTagsLogGroup$,
    (input, scope) => ({tags: store.group(scope, input.logGroupName).tags}),
  ),
]

/**
 * The tags after adding some; a key that is there gets the new value.
 *
 * @throws AwsFault InvalidParameterException for keys and values that AWS does not take, TooManyTagsException over 50.
 */
export function mergeTags(present: Tags, added: Tags, resourceName: string): Record<string, string> {
  for (const [key, value] of Object.entries(added)) {
    if (key.startsWith('aws:')) throw invalidParameter('Tag keys starting with aws: are reserved for AWS.')
    const isGood =
      /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)
    if (!isGood) throw invalidParameter(`The tag ${key} is not valid.`)
  }
  const merged = {...present, ...added}
  if (Object.keys(merged).length > maximumTags) {
    throw new AwsFault('TooManyTagsException', `A resource can have no more than ${maximumTags} tags.`, {
      members: {resourceName},
    })
  }
  return merged
}

function tag(group: GroupRecord, tags: Tags): object {
  group.tags = mergeTags(group.tags, tags, group.name)
  return {}
}

function untag(group: GroupRecord, keys: readonly string[]): object {
  group.tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key)))
  return {}
}

/** Log groups are the only resources here that have tags. */
const groupByArn = (store: LogStore, scope: Scope, arn: string): GroupRecord => store.group(scope, groupNameOf(arn))
