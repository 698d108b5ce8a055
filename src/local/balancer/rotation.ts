import type {ForwardAction, TargetGroupRecord, TargetRecord, WeightedTargetGroup} from './model.js'

/** Whose turn it is: weighted among target groups, round robin among the targets of a group. */
export class Rotation {
  readonly #credits = new Map<string, number>()
  readonly #turns = new Map<string, number>()

  /**
   * The target group for the next request of an action; undefined when every weight is 0.
   *
   * Smooth weighted round robin: every group earns its weight, the richest pays for the round. Of 100 requests at
   * weights 90 and 10, exactly 90 go to the first.
   *
   * @param key what the turns are counted for: the ARN of the rule
   */
  nextGroup(key: string, action: ForwardAction): string | undefined {
    const groups = action.targetGroups.filter(({weight}) => weight > 0)
    const total = groups.reduce((sum, {weight}) => sum + weight, 0)
    let richest: {group: WeightedTargetGroup; credit: number} | undefined
    for (const group of groups) {
      const credit = (this.#credits.get(`${key} ${group.arn}`) ?? 0) + group.weight
      this.#credits.set(`${key} ${group.arn}`, credit)
      if (richest === undefined || credit > richest.credit) richest = {group, credit}
    }
    if (richest === undefined) return undefined
    this.#credits.set(`${key} ${richest.group.arn}`, richest.credit - total)
    return richest.group.arn
  }

  /** The target for the next request to a group; undefined when none is in service. */
  nextTarget(
    group: TargetGroupRecord,
    {outstanding, random, sourceIp}: TargetChoice = NO_CHOICE,
  ): TargetRecord | undefined {
    const candidates = inService(group.targets)
    const {attributes = {}} = group
    if (attributes['stickiness.enabled'] === 'true' && attributes['stickiness.type']?.startsWith('source_ip')) {
      return candidates[hashOf(sourceIp) % candidates.length]
    }
    const algorithm = attributes['load_balancing.algorithm.type']
    if (algorithm === 'weighted_random') return candidates[Math.floor(random() * candidates.length)]
    const turn = this.#turns.get(group.arn) ?? 0
    this.#turns.set(group.arn, turn + 1)
    if (algorithm !== 'least_outstanding_requests') return candidates[turn % candidates.length]
    const least = Math.min(...candidates.map(outstanding))
    const free = candidates.filter((target) => outstanding(target) === least)
    return free[turn % free.length]
  }
}

/** What some algorithms look at besides the targets. */
export interface TargetChoice {
  readonly outstanding: (target: TargetRecord) => number
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly sourceIp: string
}

const NO_CHOICE: TargetChoice = {outstanding: () => 0, random: () => 0, sourceIp: ''}

const hashOf = (text: string): number =>
  [...text].reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0, 7)

/**
 * The targets that get requests: the healthy ones. When none is healthy the load balancer fails open and routes to
 * every registered target whatever its health; a draining target gets nothing new.
 */
export function inService(targets: readonly TargetRecord[]): readonly TargetRecord[] {
  const healthy = targets.filter(({status}) => status.state === 'healthy')
  if (healthy.length > 0) return healthy
  return targets.filter(({status}) => status.state === 'unhealthy' || status.state === 'initial')
}
