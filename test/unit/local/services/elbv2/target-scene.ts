import {VirtualClock} from '../../../../../src/local/clock.js'
import type {EndpointRequest, TargetEndpoint} from '../../../../../src/local/task-runtime.js'
import {arnOf, elasticLoadBalancing, forwardTo, SCOPE} from './fixture.js'

export const TARGET = {ip: '10.0.0.5', port: 8080}

/** A target that answers as `status` says; `undefined` stands for an address that nobody has. */
export function scene(options: {listener?: boolean; group?: Parameters<typeof arnOf.targetGroup>[1]} = {}) {
  const clock = new VirtualClock()
  const state: {status: number | undefined; requests: EndpointRequest[]; asked: number[]} = {
    status: 200,
    requests: [],
    asked: [],
  }
  const connect = (_: unknown, port: number): TargetEndpoint | undefined => {
    state.asked.push(port)
    const {status} = state
    if (status === undefined) return undefined
    return {
      kind: 'simulated',
      respond(request) {
        state.requests.push(request)
        return {status, headers: {}, body: ''}
      },
    }
  }
  const elb = elasticLoadBalancing({clock, connect})
  const group = arnOf.targetGroup(elb, {
    HealthCheckIntervalSeconds: 10,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/up',
    ...options.group,
  })
  const listen = () =>
    arnOf.listener(elb, {LoadBalancerArn: arnOf.loadBalancer(elb), DefaultActions: [forwardTo(group)]})
  if (options.listener !== false) listen()
  const health = () => elb.targetGroups.health(SCOPE, group, TARGET)
  return {clock, state, elb, group, health, listen}
}

/** Enough for a load balancer to become active and a target to be registered and checked once. */
export const SETTLED = 3_000 + 2_000
