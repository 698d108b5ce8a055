import type {Clock, Timer} from '../clock.js'
import type {TargetEndpoint, TaskRuntime} from '../task-runtime.js'
import type {LoadBalancerRecord, TargetGroupRecord, TargetRecord, TargetStatus, Topology} from './model.js'
import {addressOf, targetGroupsOf} from './model.js'
import {probe} from './probe.js'
import {FIRST_CHECKS, NOT_IN_USE, REGISTERING, statusAfter} from './target-status.js'

/** How long a target is `Elb.RegistrationInProgress` before it is first checked. */
const REGISTRATION_MS = 2_000

interface Watch {
  timer: Timer
  /** A check that has not ended when the next is due is not repeated beside it. */
  checking: boolean
}

/** What a health check meets in place of the target; undefined where nothing answers, which is a timeout. */
export type CheckedEndpoint = (
  group: TargetGroupRecord,
  target: TargetRecord,
  endpoint: TargetEndpoint | undefined,
) => TargetEndpoint | undefined

interface Options {
  readonly topology: Topology
  readonly clock: Clock
  /** The target itself where it is not given. */
  readonly checkedEndpoint?: CheckedEndpoint | undefined
  readonly connect: TaskRuntime['connect']
  /** To be called when the status of a target has changed. */
  readonly onStatus?: (() => void) | undefined
}

/**
 * Checks every target of every group that a load balancer uses, at the group's own pace, and keeps the status of the
 * targets.
 */
export class HealthChecks {
  readonly #options: Options
  readonly #watches = new Map<TargetRecord, Watch>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Starts watching what has come into use and stops what has gone out of it; to be called after every change. */
  refresh(): void {
    const users = this.#users()
    const alive = new Set<TargetRecord>()
    for (const group of this.#options.topology.targetGroups()) {
      for (const target of group.targets) {
        this.#follow(group, target, users.get(group.arn))
        if (target.status.state === 'draining' || target.status.state === 'unused') continue
        alive.add(target)
      }
    }
    for (const target of this.#watches.keys()) if (!alive.has(target)) this.#stop(target)
  }

  close(): void {
    for (const target of this.#watches.keys()) this.#stop(target)
  }

  /** Which load balancer uses a target group; the ARN of a group that none uses is missing. */
  #users(): ReadonlyMap<string, LoadBalancerRecord> {
    const {topology} = this.#options
    const users = new Map<string, LoadBalancerRecord>()
    for (const loadBalancer of topology.loadBalancers()) {
      const rules = topology.listenersOf(loadBalancer.arn).flatMap(({arn}) => topology.rulesOf(arn))
      for (const arn of rules.flatMap(({action}) => targetGroupsOf(action))) users.set(arn, loadBalancer)
    }
    return users
  }

  #follow(group: TargetGroupRecord, target: TargetRecord, user: LoadBalancerRecord | undefined): void {
    if (target.status.state === 'draining') return
    if (user === undefined) {
      target.status = NOT_IN_USE
      delete target.checkedSince
      return
    }
    if (target.status.state === 'unused') target.status = REGISTERING
    if (user.state === 'active' && !this.#watches.has(target)) this.#start(group, target)
  }

  #start(group: TargetGroupRecord, target: TargetRecord): void {
    const first = () => {
      if (target.status.state === 'initial') this.#note(target, FIRST_CHECKS)
      this.#check(group, target)
    }
    const timer = this.#options.clock.after(this.#untilCheck(group, target), first)
    this.#watches.set(target, {timer, checking: false})
  }

  /** A target of an earlier run keeps the pace of its checks. */
  #untilCheck({healthCheck}: TargetGroupRecord, target: TargetRecord): number {
    const now = this.#options.clock.now()
    if (target.checkedSince === undefined || target.status.reason === 'Elb.RegistrationInProgress') {
      target.checkedSince ??= now + REGISTRATION_MS
      return Math.max(0, target.checkedSince - now)
    }
    const interval = healthCheck.interval * 1000
    return interval - ((now - target.checkedSince) % interval)
  }

  #stop(target: TargetRecord): void {
    this.#watches.get(target)?.timer.cancel()
    this.#watches.delete(target)
  }

  /** One check; the next is due one interval after this one began, however long the target takes to answer. */
  #check(group: TargetGroupRecord, target: TargetRecord): void {
    const watch = this.#watches.get(target)
    if (watch === undefined) return
    const {healthCheck} = group
    watch.timer = this.#options.clock.after(healthCheck.interval * 1000, () => this.#check(group, target))
    if (watch.checking) return
    watch.checking = true
    const port = healthCheck.port === 'traffic-port' ? target.port : Number(healthCheck.port)
    const endpoint = this.#options.connect(addressOf(group, target), port)
    const {checkedEndpoint = () => endpoint} = this.#options
    const outcome = probe(checkedEndpoint(group, target, endpoint), {
      protocol: healthCheck.protocol,
      authority: `${target.id}:${port}`,
      path: healthCheck.path ?? '/',
      matcher: healthCheck.matcher ?? '200-399',
      timeoutMs: healthCheck.timeout * 1000,
    })
    void outcome.then((result) => {
      watch.checking = false
      if (this.#watches.get(target) !== watch) return
      this.#note(target, statusAfter(target.status, result, group.healthCheck))
    })
  }

  #note(target: TargetRecord, status: TargetStatus): void {
    const {state, reason, description, streak} = target.status
    target.status = status
    const isSame = state === status.state && streak === status.streak && reason === status.reason
    if (!isSame || description !== status.description) this.#options.onStatus?.()
  }
}
