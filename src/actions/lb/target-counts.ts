import type {Elbv2} from '../../elbv2/sdk.js'
import {targetHealth} from '../../elbv2/target-groups.js'

/** How many targets of a group are in each state: healthy, unhealthy, initial, draining, unused, unavailable. */
export type TargetCounts = Readonly<Record<string, number>>

/** Counts the targets of a group; none when it does not exist. */
export async function countTargets(elbv2: Elbv2, targetGroupArn: string): Promise<TargetCounts> {
  const counts: Record<string, number> = {}
  for (const {state} of await targetHealth(elbv2, targetGroupArn)) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
