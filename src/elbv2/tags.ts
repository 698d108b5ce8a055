import {inBatches} from '../aws/batching.js'
import {absentOn} from '../aws/errors.js'
import type {Elbv2} from './sdk.js'

const describeTagsLimit = 20

/** The tags of load balancers, target groups, listeners or rules, by ARN; an absent resource has none. */
export async function describeTags(
  elbv2: Elbv2,
  arns: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const described = await inBatches(arns, describeTagsLimit, async (ResourceArns) => {
    const answer = await absentOn(
      elbv2('DescribeTags', {ResourceArns}),
      'LoadBalancerNotFoundException',
      'TargetGroupNotFoundException',
      'ListenerNotFoundException',
      'RuleNotFoundException',
    )
    return answer?.TagDescriptions ?? []
  })
  return new Map(
    described.map(({ResourceArn = '', Tags = []}) => [
      ResourceArn,
      Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
    ]),
  )
}
