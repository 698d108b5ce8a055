import {afterEach} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import type {CertificatesPort} from '../../../../src/local/ports.js'
import type {TargetEndpoint} from '../../../../src/local/task-runtime.js'
import type {Fixture} from '../services/elbv2/fixture.js'
import {arnOf, elasticLoadBalancing, forwardTo, must} from '../services/elbv2/fixture.js'
import {loopbackServers} from './loopback.js'

export const servers = loopbackServers()
export const fixtures: Fixture[] = []
afterEach(async () => {
  await Promise.all(fixtures.splice(0).map((elb) => elb.close()))
  await servers.close()
})

/** An active load balancer whose targets answer where `endpoints` says, by address in the VPC. */
export async function balanced(
  options: {
    endpoints?: Record<string, TargetEndpoint>
    type?: 'application' | 'network'
    listen?: boolean
    certificates?: CertificatesPort
  } = {},
) {
  const clock = new VirtualClock()
  const endpoints = options.endpoints ?? {}
  const {certificates} = options
  const elb = elasticLoadBalancing({
    clock,
    ...(certificates && {certificates}),
    listen: options.listen ?? true,
    connect: ({privateIpAddress}) => endpoints[privateIpAddress],
  })
  fixtures.push(elb)
  const type = options.type ?? 'application'
  const LoadBalancerArn = arnOf.loadBalancer(elb, {Type: type})
  await clock.advance(3_000)
  const group = arnOf.targetGroup(elb, {Protocol: type === 'application' ? 'HTTP' : 'TCP'})
  const register = (...ips: string[]) =>
    elb.call('registerTargets', {TargetGroupArn: group, Targets: ips.map((Id) => ({Id}))})
  const listen = (input: Partial<Parameters<typeof arnOf.listener>[1]> = {}) =>
    arnOf.listener(elb, {
      LoadBalancerArn,
      Protocol: type === 'application' ? 'HTTP' : 'TCP',
      DefaultActions: [forwardTo(group)],
      ...input,
    })
  const url = async (port = 80) => {
    await elb.balancer.ready()
    return must(elb.balancer.address(LoadBalancerArn, port)).url
  }
  const attribute = (Key: string, Value: string) =>
    elb.call('modifyLoadBalancerAttributes', {LoadBalancerArn, Attributes: [{Key, Value}]})
  const groupAttribute = (Key: string, Value: string) =>
    elb.call('modifyTargetGroupAttributes', {TargetGroupArn: group, Attributes: [{Key, Value}]})
  return {clock, elb, LoadBalancerArn, group, attribute, groupAttribute, register, listen, url}
}

export const simulated = (name: string): TargetEndpoint => ({
  kind: 'simulated',
  respond: ({method, path, headers}) => ({
    status: 200,
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({name, method, path, headers}),
  }),
})

/** Moves the clock until a promise is settled that waits for it behind sockets. */
export async function during<Value>(clock: VirtualClock, promise: Promise<Value>): Promise<Value> {
  let settled = false
  const end = () => {
    settled = true
  }
  promise.then(end, end)
  while (!settled) await clock.advance(1_000)
  return promise
}
