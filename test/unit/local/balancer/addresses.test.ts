import net from 'node:net'
import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {savedState} from '../../../helpers/saved-state.js'
import {arnOf, elasticLoadBalancing, must, OK} from '../services/elbv2/fixture.js'
import {balanced, fixtures, servers} from './balanced.js'
import {ask, at} from './loopback.js'

describe('addresses', () => {
  test('are there by ARN and by DNS name, for active load balancers only', async () => {
    const clock = new VirtualClock()
    const elb = elasticLoadBalancing({clock, listen: true})
    fixtures.push(elb)
    const LoadBalancerArn = arnOf.loadBalancer(elb)
    arnOf.listener(elb, {LoadBalancerArn, DefaultActions: [OK]})
    await elb.balancer.ready()
    expect(elb.balancer.address(LoadBalancerArn, 80)).toBeUndefined()
    expect(elb.balancer.list()).toEqual([])

    await clock.advance(3_000)
    await elb.balancer.ready()

    const [listing] = elb.balancer.list()
    expect(listing).toMatchObject({
      loadBalancerArn: LoadBalancerArn,
      loadBalancerName: 'web',
      protocol: 'HTTP',
      port: 80,
    })
    expect(elb.balancer.address(LoadBalancerArn, 80)).toEqual(listing?.address)
    expect(elb.balancer.address(must(listing).dnsName, 80)).toEqual(listing?.address)
    expect(elb.balancer.address(LoadBalancerArn, 81)).toBeUndefined()
    expect((await ask(must(listing?.address).url)).body).toBe('ok')
  })

  test('are the same in the next run, also of a listener that was changed', async () => {
    const {elb, listen, url} = await balanced()
    const ListenerArn = listen({DefaultActions: [OK]})
    const address = await url()
    elb.call('modifyListener', {ListenerArn, DefaultActions: [OK]})
    const snapshot = savedState(elb.state)
    await elb.close()

    const next = elasticLoadBalancing({clock: new VirtualClock(), listen: true})
    fixtures.push(next)
    next.state.restore(snapshot)
    await next.balancer.ready()

    expect(must(next.balancer.list()[0]).address?.url).toBe(address)
  })

  test('end with their listener', async () => {
    const {elb, LoadBalancerArn, listen, url} = await balanced()
    const ListenerArn = listen({DefaultActions: [OK]})
    const address = await url()

    elb.call('deleteListener', {ListenerArn})
    await elb.balancer.ready()

    expect(elb.balancer.address(LoadBalancerArn, 80)).toBeUndefined()
    await expect(ask(address)).rejects.toThrow('ECONNREFUSED')
  })

  test('end with close, which cuts open connections', async () => {
    const {elb, listen, url} = await balanced()
    listen({DefaultActions: [OK]})
    const {port, hostname} = new URL(await url())
    const cut = Promise.withResolvers<void>()
    const socket = net.connect({host: hostname, port: Number(port)}, () => void elb.close())
    socket.on('close', () => cut.resolve())

    await expect(cut.promise).resolves.toBeUndefined()
  })
})

describe('route', () => {
  test('answers without sockets', async () => {
    const port = await servers.http((request, response) => response.writeHead(202, {'x-kind': 'real'}).end(request.url))
    const {elb, register, listen, LoadBalancerArn} = await balanced({listen: false, endpoints: {'10.0.0.1': at(port)}})
    const ListenerArn = listen()
    register('10.0.0.1')
    await elb.balancer.ready()

    const answer = await elb.balancer.route(ListenerArn, {method: 'GET', path: '/a', headers: {Host: 'shop.test'}})

    expect(answer).toMatchObject({status: 202, body: '/a', headers: {'x-kind': 'real'}})
    expect(elb.balancer.address(LoadBalancerArn, 80)).toBeUndefined()
  })

  test('looks at the source address that it is told', async () => {
    const {elb, listen} = await balanced({listen: false})
    const ListenerArn = listen({DefaultActions: [OK]})
    arnOf.rule(elb, {
      ListenerArn,
      Priority: 1,
      Conditions: [{Field: 'source-ip', SourceIpConfig: {Values: ['203.0.113.0/24']}}],
      Actions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '451'}}],
    })
    const request = {method: 'GET', path: '/', headers: {}}

    expect((await elb.balancer.route(ListenerArn, {...request, sourceIp: '203.0.113.9'})).status).toBe(451)
    expect((await elb.balancer.route(ListenerArn, request)).status).toBe(200)
  })

  test('refuses a listener that is not there', async () => {
    const {elb} = await balanced({listen: false})

    await expect(elb.balancer.route('arn:gone', {method: 'GET', path: '/', headers: {}})).rejects.toThrow(
      'There is no listener arn:gone',
    )
  })
})

test('targets are looked for in the account, region and VPC of their group', async () => {
  const asked: unknown[] = []
  const clock = new VirtualClock()
  const elb = elasticLoadBalancing({
    clock,
    connect(address, port) {
      asked.push({...address, port})
      return {kind: 'refused'}
    },
  })
  fixtures.push(elb)
  const TargetGroupArn = arnOf.targetGroup(elb)
  const ListenerArn = arnOf.listener(elb, {
    LoadBalancerArn: arnOf.loadBalancer(elb),
    DefaultActions: [{Type: 'forward', TargetGroupArn}],
  })
  elb.call('registerTargets', {TargetGroupArn, Targets: [{Id: '10.0.0.1', Port: 8080}]})

  await elb.balancer.route(ListenerArn, {method: 'GET', path: '/', headers: {}})
  await clock.advance(10_000)

  const place = {account: '000000000000', region: 'us-east-1', vpcId: 'vpc-1', privateIpAddress: '10.0.0.1', port: 8080}
  expect(asked).toEqual([place, place])
})
