import type {IncomingHttpHeaders} from 'node:http'
import {describe, expect, test} from 'vitest'
import type {TargetEndpoint} from '../../../../src/local/task-runtime.js'
import {arnOf, must} from '../services/elbv2/fixture.js'
import {balanced, servers, simulated} from './balanced.js'
import {ask, at} from './loopback.js'

const ENDPOINTS = {'10.0.0.1': simulated('a'), '10.0.0.2': simulated('b')}

async function sticky(type: 'lb_cookie' | 'app_cookie', endpoints: Record<string, TargetEndpoint> = ENDPOINTS) {
  const scene = await balanced({endpoints})
  scene.listen()
  scene.register('10.0.0.1', '10.0.0.2')
  scene.groupAttribute('stickiness.enabled', 'true')
  scene.groupAttribute('stickiness.type', type)
  return {...scene, address: await scene.url()}
}

const cookieOf = (headers: IncomingHttpHeaders, name: string): string =>
  must(headers['set-cookie']?.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0])

describe('stickiness by a cookie of the load balancer', () => {
  test('keeps a client with its target, and gives it the cookie anew', async () => {
    const {address} = await sticky('lb_cookie')
    const first = await ask(address)
    const cookie = cookieOf(first.headers, 'AWSALB')
    const names = []

    for (let request = 0; request < 3; request++) {
      const reply = await ask(address, {headers: {cookie: `other=1; ${cookie}`}})
      names.push(JSON.parse(reply.body).name)
      expect(cookieOf(reply.headers, 'AWSALBCORS')).toMatch(/^AWSALBCORS=.+/)
    }

    expect(names).toEqual(Array(3).fill(JSON.parse(first.body).name))
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^AWSALB=[^;]+; Expires=[^;]+ GMT; Path=\/$/),
      expect.stringMatching(/^AWSALBCORS=[^;]+; Expires=[^;]+ GMT; Path=\/; SameSite=None$/),
    ])
  })

  test('ends with the duration, and with the target', async () => {
    const {address, clock, elb, group, groupAttribute} = await sticky('lb_cookie')
    groupAttribute('stickiness.lb_cookie.duration_seconds', '60')
    const {headers, body} = await ask(address)
    const cookie = cookieOf(headers, 'AWSALB')
    const ask3 = async () => {
      const names = []
      for (let request = 0; request < 3; request++)
        names.push(JSON.parse((await ask(address, {headers: {cookie}})).body).name)
      return new Set(names)
    }
    expect(await ask3()).toEqual(new Set([JSON.parse(body).name]))

    await clock.advance(60_000)
    expect(await ask3()).toEqual(new Set(['a', 'b']))

    const renewed = await ask(address)
    const name = JSON.parse(renewed.body).name
    elb.call('deregisterTargets', {TargetGroupArn: group, Targets: [{Id: name === 'a' ? '10.0.0.1' : '10.0.0.2'}]})
    const moved = await ask(address, {headers: {cookie: cookieOf(renewed.headers, 'AWSALB')}})
    expect(JSON.parse(moved.body).name).not.toBe(name)
  })

  test('takes no notice of a cookie that is not its own', async () => {
    const {address} = await sticky('lb_cookie')

    expect((await ask(address, {headers: {cookie: 'AWSALB=nonsense'}})).status).toBe(200)
  })
})

test('stickiness by a cookie of the application begins with that cookie', async () => {
  const serve = (name: string) =>
    servers.http(({url}, response) => {
      if (url === '/login') response.setHeader('set-cookie', ['SESSION=1; Path=/', 'theme=dark'])
      response.end(name)
    })
  const [a, b] = await Promise.all([serve('a'), serve('b')])
  const {address, groupAttribute} = await sticky('app_cookie', {'10.0.0.1': at(a), '10.0.0.2': at(b)})
  groupAttribute('stickiness.app_cookie.cookie_name', 'SESSION')

  const before = await ask(address)
  const login = await ask(address, {path: '/login'})
  const cookie = cookieOf(login.headers, 'AWSALBAPP-0')
  const after = [await ask(address, {headers: {cookie}}), await ask(address, {headers: {cookie}})]

  expect(before.headers).not.toHaveProperty('set-cookie')
  expect(login.headers['set-cookie']).toHaveLength(3)
  expect(after.map(({body}) => body)).toEqual([login.body, login.body])
})

test('stickiness among target groups keeps a client with its group', async () => {
  const {elb, listen, url, group, register} = await balanced({endpoints: ENDPOINTS})
  const other = arnOf.targetGroup(elb, {Name: 'other'})
  elb.call('registerTargets', {TargetGroupArn: other, Targets: [{Id: '10.0.0.2'}]})
  register('10.0.0.1')
  const TargetGroups = [group, other].map((TargetGroupArn) => ({TargetGroupArn, Weight: 1}))
  listen({
    DefaultActions: [
      {
        Type: 'forward',
        ForwardConfig: {TargetGroups, TargetGroupStickinessConfig: {Enabled: true, DurationSeconds: 60}},
      },
    ],
  })
  const address = await url()

  const first = await ask(address)
  const cookie = cookieOf(first.headers, 'AWSALBTG')
  const names = [await ask(address, {headers: {cookie}}), await ask(address, {headers: {cookie}})]

  expect(names.map(({body}) => JSON.parse(body).name)).toEqual(Array(2).fill(JSON.parse(first.body).name))
  expect(JSON.parse((await ask(address)).body).name).not.toBe(JSON.parse(first.body).name)
})
