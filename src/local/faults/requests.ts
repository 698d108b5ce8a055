import type {Clock} from '../clock.js'
import {ConnectionDropped} from '../wire/http-message.js'
import type {BeforeOutcome, WireCall, WireOptions} from '../wire/wire-options.js'
import type {Fault} from './fault.js'
import {matchesCall} from './matching.js'
import type {FaultPlan} from './plan.js'
import {accessDenied, expiredCredentials, serverError, throttled} from './refusals.js'
import {StaleReads} from './stale-reads.js'

const BEFORE = ['throttle', 'server-error', 'drop', 'latency', 'expired-credentials', 'access-denied'] as const

/** The faults of requests, as hooks of the wire. The first one that answers decides; waiting times before it add up. */
export function requestFaults(plan: FaultPlan, clock: Clock): Required<Pick<WireOptions, 'before' | 'around'>> {
  const stale = new StaleReads(plan, clock)
  return {
    async before(call) {
      const {outcome, waitMs} = judge(plan, call)
      if (waitMs > 0) await pause(clock, waitMs)
      return outcome
    },

    async around(call, run) {
      const output = await stale.around(call, run)
      const waitMs = late(plan, call)
      if (waitMs > 0) await pause(clock, waitMs)
      if (lost(plan, call)) throw new ConnectionDropped(`the answer of ${call.service}:${call.operation} is lost`)
      return output
    },
  }
}

function judge(plan: FaultPlan, call: WireCall): {outcome: BeforeOutcome; waitMs: number} {
  let waitMs = 0
  for (const planned of plan.current(...BEFORE)) {
    const {fault} = planned
    if (!matchesCall(fault, call) || !plan.strikes(planned)) continue
    if (fault.kind !== 'latency') return {outcome: outcomeOf(fault, call), waitMs}
    waitMs += fault.delayMs ?? 0
  }
  return {outcome: undefined, waitMs}
}

function outcomeOf(fault: Fault, call: WireCall): BeforeOutcome {
  if (fault.kind === 'throttle') return throttled(call)
  if (fault.kind === 'server-error') return serverError(call, fault.status ?? 500)
  if (fault.kind === 'expired-credentials') return expiredCredentials(call)
  return fault.kind === 'access-denied' ? accessDenied(call, fault.operation) : 'drop'
}

function late(plan: FaultPlan, call: WireCall): number {
  const striking = plan
    .current('slow-answer')
    .filter((planned) => matchesCall(planned.fault, call) && plan.strikes(planned))
  return striking.reduce((sum, {fault}) => sum + (fault.delayMs ?? 0), 0)
}

const lost = (plan: FaultPlan, call: WireCall): boolean =>
  plan.current('lost-answer').some((planned) => matchesCall(planned.fault, call) && plan.strikes(planned))

const pause = (clock: Clock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(milliseconds, resolve)
  })
