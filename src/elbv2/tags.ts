import {inBatches} from '../aws/batching.js'
import {absentOn} from '../aws/errors.js'
import type {Elbv2} from './sdk.js'

const describeTagsLimit = 20

/** The tags of load balancers, target groups, listeners or rules, by ARN; an absent one does not hide the others'. */
export async function describeTags(
  elbv2: Elbv2,
  arns: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const ask = async (ResourceArns: string[]) => {
    const answer = await absentOn(
      elbv2('DescribeTags', {ResourceArns}),
      'LoadBalancerNotFoundException',
      'TargetGroupNotFoundException',
      'ListenerNotFoundException',
      'RuleNotFoundException',
    )
    return answer && (answer.TagDescriptions ?? [])
  }
  const described = await inBatches(arns, describeTagsLimit, async (batch) => {
    const together = await ask(batch)
    if (together !== undefined || batch.length === 1) return together ?? []
    return inBatches(batch, 1, async (single) => (await ask(single)) ?? [])
  })
  return new Map(
    described.map(({ResourceArn = '', Tags = []}) => [
      ResourceArn,
      Object.fromEntries(Tags.map(({Key = '', Value = ''}) => [Key, Value])),
    ]),
  )
}
