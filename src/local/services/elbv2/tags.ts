import type {
  AddTagsCommandInput,
  AddTagsCommandOutput,
  DescribeTagsCommandInput,
  DescribeTagsCommandOutput,
  RemoveTagsCommandInput,
  RemoveTagsCommandOutput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AddTags$, DescribeTags$, RemoveTags$} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {Elbv2Context} from './context.js'
import {invalid, required} from './faults.js'
import {kindOfArn} from './identifiers.js'
import {notFound} from './lookups.js'
import {checkSelection} from './paging.js'
import type {Elbv2Store} from './store.js'

const MOST_TAGS = 50

/**
 * Checks the tags of a call and gives them as an object.
 *
 * @throws AwsFault ValidationError, DuplicateTagKeys or TooManyTags
 */
export function tagsFrom(tags: readonly Tag[] | undefined): Record<string, string> {
  const result: Record<string, string> = {}
  for (const {Key, Value = ''} of tags ?? []) {
    const key = required(Key, 'tags.member.key')
    if (key in result) throw new AwsFault('DuplicateTagKeys', `Tag key was specified more than once: ${key}`)
    result[key] = Value
  }
  return checkCount(result)
}

function checkCount(tags: Record<string, string>): Record<string, string> {
  if (Object.keys(tags).length <= MOST_TAGS) return tags
  throw new AwsFault('TooManyTags', `The maximum number of tags per resource is ${MOST_TAGS}`)
}

export function tagOperations({store}: Elbv2Context): Operation[] {
  return [
    operation<AddTagsCommandInput, AddTagsCommandOutput>(AddTags$, ({ResourceArns, Tags}, scope) => {
      const added = tagsFrom(required(Tags, 'tags'))
      const merged = taggable(store, scope, ResourceArns).map(
        (arn) => [arn, checkCount({...store.of(scope).tags.get(arn), ...added})] as const,
      )
      for (const [arn, tags] of merged) store.of(scope).tags.set(arn, tags)
      return {}
    }),
    operation<RemoveTagsCommandInput, RemoveTagsCommandOutput>(RemoveTags$, ({ResourceArns, TagKeys}, scope) => {
      const removed = required(TagKeys, 'tagKeys')
      for (const arn of taggable(store, scope, ResourceArns)) {
        const kept = Object.entries(store.of(scope).tags.get(arn) ?? {}).filter(([key]) => !removed.includes(key))
        store.of(scope).tags.set(arn, Object.fromEntries(kept))
      }
      return {}
    }),
    operation<DescribeTagsCommandInput, DescribeTagsCommandOutput>(DescribeTags$, ({ResourceArns}, scope) => ({
      TagDescriptions: taggable(store, scope, ResourceArns).map((arn) => ({
        ResourceArn: arn,
        Tags: Object.entries(store.of(scope).tags.get(arn) ?? {}).map(([Key, Value]) => ({Key, Value})),
      })),
    })),
  ]
}

function taggable(store: Elbv2Store, scope: Scope, arns: readonly string[] | undefined): readonly string[] {
  const wanted = required(arns, 'resourceArns')
  checkSelection(wanted)
  const {loadBalancers, targetGroups, listeners, rules} = store.of(scope)
  const records = {loadbalancer: loadBalancers, targetgroup: targetGroups, listener: listeners, 'listener-rule': rules}
  for (const arn of wanted) {
    const kind = kindOfArn(arn)
    if (kind === undefined) throw invalid(`'${arn}' is not a valid load balancer, target group, listener or rule ARN`)
    if (!records[kind].has(arn)) throw notFound(kind, arn)
  }
  return wanted
}
