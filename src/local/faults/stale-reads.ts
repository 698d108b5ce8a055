import {AwsFault} from '../aws-fault.js'
import type {Clock} from '../clock.js'
import {scopeKey} from '../scope.js'
import type {RunOperation, WireCall} from '../wire/wire-options.js'
import type {CreatedName} from './created-names.js'
import {createdNames, withoutCreated} from './created-names.js'
import {matchesCall, matchesScope} from './matching.js'
import type {FaultPlan, PlannedFault} from './plan.js'

/** How old a stale answer may be where the fault does not say. */
const DEFAULT_LAG_MS = 5_000
/** Reads that are repeated before each write; the oldest is forgotten. */
const REMEMBERED_READS = 64

/** What a read came to. */
type Outcome = {readonly output: object} | {readonly fault: AwsFault}

/** How a service looked right before a write. */
interface Past {
  /** Of the write; milliseconds since 1970. */
  readonly at: number
  readonly answers: ReadonlyMap<string, Outcome>
  readonly created: readonly CreatedName[]
}

interface Replica {
  readonly reads: Map<string, () => Promise<Outcome>>
  pasts: Past[]
}

/**
 * Answers reads as a replica does that has not yet seen the last writes. Every stale answer is one that was right at the
 * moment before a write: the reads of late are asked again before each write and their answers kept, and what a write
 * makes is not found. A read that neither covers gets a fresh answer.
 */
export class StaleReads {
  readonly #plan: FaultPlan
  readonly #clock: Clock
  /** By account, region and service. */
  readonly #replicas = new Map<string, Replica>()

  constructor(plan: FaultPlan, clock: Clock) {
    this.#plan = plan
    this.#clock = clock
  }

  async around(call: WireCall, run: RunOperation): Promise<object> {
    const faults = this.#faults(call)
    const key = `${scopeKey(call)}/${call.service}`
    if (faults.length === 0) this.#replicas.delete(key)
    if (faults.length === 0 || fresh.test(call.operation)) return run(call.input)
    const replica = this.#replicas.get(key) ?? {reads: new Map(), pasts: []}
    this.#replicas.set(key, replica)
    return isRead(call) ? this.#read(replica, faults, call, run) : this.#write(replica, faults, call, run)
  }

  /** The faults for the service of a call, which for a write need not be about its own operation. */
  #faults(call: WireCall): PlannedFault[] {
    return this.#plan.current('stale-reads').filter(({fault}) => {
      const service = fault.service ?? fault.operation?.split(':')[0]
      return matchesScope(fault, call) && (service === undefined || service === call.service)
    })
  }

  async #write(replica: Replica, faults: readonly PlannedFault[], call: WireCall, run: RunOperation): Promise<object> {
    const answers = new Map<string, Outcome>()
    for (const [key, repeat] of replica.reads) answers.set(key, await repeat())
    const output = await run(call.input)
    const longest = Math.max(...faults.map(lagOf))
    const now = this.#clock.now()
    const kept = replica.pasts.filter(({at}) => at + longest > now)
    replica.pasts = [...kept, {at: now, answers, created: createdNames(call, output)}]
    return output
  }

  async #read(replica: Replica, faults: readonly PlannedFault[], call: WireCall, run: RunOperation): Promise<object> {
    const key = `${call.operation} ${JSON.stringify(call.input)}`
    for (const planned of faults.filter(({fault}) => matchesCall(fault, call))) {
      const past = await this.#past(replica, key, lagOf(planned), call, run)
      if (past === undefined || !this.#plan.strikes(planned)) continue
      if ('fault' in past) throw past.fault
      return past.output
    }
    remember(replica, key, () => outcomeOf(run, call.input))
    return run(call.input)
  }

  async #past(
    replica: Replica,
    key: string,
    lagMs: number,
    call: WireCall,
    run: RunOperation,
  ): Promise<Outcome | undefined> {
    const unseen = replica.pasts.filter(({at}) => at + lagMs > this.#clock.now())
    const remembered = unseen[0]?.answers.get(key)
    if (remembered !== undefined) return remembered
    const others = withoutCreated(
      call.input,
      unseen.flatMap(({created}) => created),
    )
    if (others === undefined) return undefined
    const outcome = await outcomeOf(run, others.input)
    if ('output' in outcome) return {output: others.restore(outcome.output)}
    const {code, message, status, hasStatus, members} = outcome.fault
    const options = {...(hasStatus && {status}), members: others.restore({...members})}
    return {fault: new AwsFault(code, others.restore(message), options)}
  }
}

const lagOf = ({fault}: PlannedFault): number => fault.delayMs ?? DEFAULT_LAG_MS

/** Output and logs of containers are no state of AWS, and a login is nobody's state. */
const fresh = /^(GetAuthorizationToken|GetSessionToken|GetCallerIdentity|GetLogEvents|FilterLogEvents)$/

const isRead = ({operation}: WireCall): boolean => /^(Describe|List|Get|BatchGet)/.test(operation)

function remember({reads}: Replica, key: string, repeat: () => Promise<Outcome>): void {
  reads.delete(key)
  reads.set(key, repeat)
  const [oldest] = reads.keys()
  if (reads.size > REMEMBERED_READS && oldest !== undefined) reads.delete(oldest)
}

/** A copy, since an answer may hold what goes on to change. */
async function outcomeOf(run: RunOperation, input: unknown): Promise<Outcome> {
  try {
    return {output: structuredClone(await run(input))}
  } catch (error) {
    if (error instanceof AwsFault) return {fault: error}
    throw error
  }
}
