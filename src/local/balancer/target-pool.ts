import http from 'node:http'
import https from 'node:https'
import type {TargetGroupRecord, TargetRecord, Topology} from './model.js'

/** Names a target of a group, whatever record stands for it. */
export interface TargetKey {
  readonly groupArn: string
  readonly id: string
  readonly port: number
}

/** A request, an upgraded connection or a TCP connection that a target is busy with. */
export interface Exchange {
  /** Idle connections to the target that can be used again. */
  agent(secure: boolean): http.Agent
  /** To be called when the exchange is over; calling it again does nothing. */
  end(): void
}

interface Pooled {
  readonly agents: Map<boolean, http.Agent>
  readonly cuts: Set<() => void>
  draining: boolean
}

/**
 * The connections to targets. A target that drains keeps those in use and loses the idle ones; once its deregistration
 * delay is over, what is left is cut.
 */
export class TargetPool {
  readonly #targets = new Map<string, {readonly key: TargetKey; readonly pooled: Pooled}>()

  /** How many exchanges a target is busy with. */
  outstanding(key: TargetKey): number {
    return this.#targets.get(nameOf(key))?.pooled.cuts.size ?? 0
  }

  /** @param cut ends the exchange when its target is gone */
  begin(key: TargetKey, cut: () => void): Exchange {
    const {pooled} = this.#entry(key)
    // A wrapper of its own: the same function may serve two exchanges.
    const own = () => cut()
    pooled.cuts.add(own)
    return {
      agent: (secure) => agentOf(pooled, secure),
      end: () => void pooled.cuts.delete(own),
    }
  }

  /** To be called after every change of targets. */
  refresh(topology: Topology): void {
    for (const [name, {key, pooled}] of this.#targets) {
      const group = topology.targetGroup(key.groupArn)
      const target = group?.targets.find(({id, port}) => id === key.id && port === key.port)
      if (target !== undefined) followState(pooled, target)
      else if (group === undefined || endsWithTarget(group)) this.#drop(name, pooled)
      else dropIdle(pooled)
    }
  }

  close(): void {
    for (const [name, {pooled}] of this.#targets) this.#drop(name, pooled)
  }

  #entry(key: TargetKey): {readonly key: TargetKey; readonly pooled: Pooled} {
    const name = nameOf(key)
    const entry = this.#targets.get(name) ?? {key, pooled: {agents: new Map(), cuts: new Set(), draining: false}}
    this.#targets.set(name, entry)
    return entry
  }

  #drop(name: string, pooled: Pooled): void {
    this.#targets.delete(name)
    for (const cut of pooled.cuts) cut()
    for (const agent of pooled.agents.values()) agent.destroy()
  }
}

const nameOf = ({groupArn, id, port}: TargetKey): string => `${groupArn} ${id} ${port}`

/** A Network Load Balancer leaves connections alone after the delay, unless its target group says otherwise. */
const endsWithTarget = ({protocol, attributes}: TargetGroupRecord): boolean =>
  protocol.startsWith('HTTP') || attributes['deregistration_delay.connection_termination.enabled'] === 'true'

function agentOf({agents}: Pooled, secure: boolean): http.Agent {
  const options = {keepAlive: true}
  const agent = agents.get(secure) ?? (secure ? new https.Agent(options) : new http.Agent(options))
  agents.set(secure, agent)
  return agent
}

function followState(pooled: Pooled, {status}: TargetRecord): void {
  const draining = status.state === 'draining'
  if (draining && !pooled.draining) dropIdle(pooled)
  pooled.draining = draining
}

/** Closes the connections that nobody uses, and those in use as soon as they are free. */
function dropIdle({agents}: Pooled): void {
  for (const agent of agents.values()) {
    agent.maxFreeSockets = 0
    for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
  }
  agents.clear()
}
