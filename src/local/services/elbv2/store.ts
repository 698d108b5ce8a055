import type {ListenerRecord, LoadBalancerRecord, RuleRecord, TargetGroupRecord, Topology} from '../../balancer/model.js'
import {targetGroupsOf} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import type {StatePart} from '../../state/part.js'

/** What one account keeps in one region, by ARN. */
export interface ScopeState {
  readonly loadBalancers: Map<string, LoadBalancerRecord>
  readonly listeners: Map<string, ListenerRecord>
  readonly rules: Map<string, RuleRecord>
  readonly targetGroups: Map<string, TargetGroupRecord>
  readonly tags: Map<string, Record<string, string>>
  /** What deleted load balancers have left for a while. */
  readonly lingering: Map<string, {readonly networkInterfaceIds: readonly string[]; readonly until: number}>
}

/** A store as plain JSON: by `account/region`, kind and ARN. */
type Elbv2Snapshot = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>

const emptyState = (): ScopeState => ({
  loadBalancers: new Map(),
  listeners: new Map(),
  rules: new Map(),
  targetGroups: new Map(),
  tags: new Map(),
  lingering: new Map(),
})

const rank = ({priority}: RuleRecord): number => (priority === 'default' ? Number.POSITIVE_INFINITY : priority)

/** All state of Elastic Load Balancing. ARNs name account and region, so a look-up by ARN needs no scope. */
export class Elbv2Store implements Topology, StatePart {
  readonly depth = 3
  readonly #scopes = new Map<string, ScopeState>()

  of(scope: Scope): ScopeState {
    const key = scopeKey(scope)
    const state = this.#scopes.get(key) ?? emptyState()
    this.#scopes.set(key, state)
    return state
  }

  *loadBalancers(): Iterable<LoadBalancerRecord> {
    for (const state of this.#scopes.values()) yield* state.loadBalancers.values()
  }

  *targetGroups(): Iterable<TargetGroupRecord> {
    for (const state of this.#scopes.values()) yield* state.targetGroups.values()
  }

  listenersOf(loadBalancerArn: string): readonly ListenerRecord[] {
    return this.#all(({listeners}) => listeners).filter((listener) => listener.loadBalancerArn === loadBalancerArn)
  }

  rulesOf(listenerArn: string): readonly RuleRecord[] {
    const rules = this.#all((state) => state.rules).filter((rule) => rule.listenerArn === listenerArn)
    return rules.sort((a, b) => rank(a) - rank(b))
  }

  loadBalancer(arn: string): LoadBalancerRecord | undefined {
    return this.#find(({loadBalancers}) => loadBalancers, arn)
  }

  listener(arn: string): ListenerRecord | undefined {
    return this.#find(({listeners}) => listeners, arn)
  }

  targetGroup(arn: string): TargetGroupRecord | undefined {
    return this.#find(({targetGroups}) => targetGroups, arn)
  }

  /** The load balancers that send requests to a target group; on AWS it is one at most. */
  loadBalancersOf(targetGroupArn: string): readonly string[] {
    const arns = new Set<string>()
    for (const {rules, listeners} of this.#scopes.values()) {
      for (const rule of rules.values()) {
        const listener = listeners.get(rule.listenerArn)
        if (listener !== undefined && targetGroupsOf(rule.action).includes(targetGroupArn)) {
          arns.add(listener.loadBalancerArn)
        }
      }
    }
    return [...arns]
  }

  /** The load balancers whose listeners show a certificate. */
  usersOfCertificate(scope: Scope, certificateArn: string): readonly string[] {
    const listeners = [...this.of(scope).listeners.values()].filter(
      ({defaultCertificate, extraCertificates}) =>
        defaultCertificate === certificateArn || extraCertificates.includes(certificateArn),
    )
    return [...new Set(listeners.map(({loadBalancerArn}) => loadBalancerArn))]
  }

  removeListener(scope: Scope, arn: string): void {
    const state = this.of(scope)
    for (const rule of this.rulesOf(arn)) {
      state.rules.delete(rule.arn)
      state.tags.delete(rule.arn)
    }
    state.listeners.delete(arn)
    state.tags.delete(arn)
  }

  snapshot(): ReadonlyMap<string, ScopeState> {
    return this.#scopes
  }

  restore(snapshot: unknown): void {
    for (const [key, kinds] of Object.entries(snapshot as Elbv2Snapshot)) {
      const state = emptyState()
      for (const [kind, records] of Object.entries(kinds)) {
        const map = state[kind as keyof ScopeState] as Map<string, unknown>
        for (const [arn, record] of Object.entries(records)) map.set(arn, record)
      }
      this.#scopes.set(key, state)
    }
  }

  /** Every account and region that has something. */
  scopes(): readonly Scope[] {
    return [...this.#scopes.keys()].map((key) => {
      const [account = '', region = ''] = key.split('/')
      return {account, region}
    })
  }

  #all<Item>(select: (state: ScopeState) => ReadonlyMap<string, Item>): Item[] {
    return [...this.#scopes.values()].flatMap((state) => [...select(state).values()])
  }

  #find<Item>(select: (state: ScopeState) => ReadonlyMap<string, Item>, arn: string): Item | undefined {
    for (const state of this.#scopes.values()) {
      const found = select(state).get(arn)
      if (found !== undefined) return found
    }
    return undefined
  }
}
