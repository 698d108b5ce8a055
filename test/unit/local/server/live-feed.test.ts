import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {RequestLog} from '../../../../src/local/request-log/request-log.js'
import type {Inventory} from '../../../../src/local/server/inventory/inventory.js'
import {LiveFeed} from '../../../../src/local/server/live-feed.js'

const service = (name: string, runningCount: number) => ({arn: name, name, runningCount})

function feed() {
  const clock = new VirtualClock()
  const log = new RequestLog()
  const state = {services: [service('web', 0)], looks: 0}
  const live = new LiveFeed({
    look: () => {
      state.looks += 1
      const {services} = state
      return {services, tasks: [], loadBalancers: [], targetGroups: [], faults: []} as unknown as Inventory
    },
    describe: () => ({pid: 1}),
    log,
    clock,
  })
  return {clock, log, state, live}
}

function reader() {
  const heard: {event: string; data: Record<string, unknown>}[] = []
  const read = (event: string, data: string) => heard.push({event, data: JSON.parse(data)})
  const states = () => heard.filter(({event}) => event === 'state').map(({data}) => data)
  const requests = () => heard.filter(({event}) => event === 'requests').flatMap(({data}) => data)
  return {read, states, requests}
}

const served = {
  ...{time: '', service: 'ecs', operation: 'ListServices', account: '', region: ''},
  ...{status: 200, milliseconds: 1, requestId: ''},
}

test('tells a reader everything at first, and then only what has changed', async () => {
  const {clock, state, live} = feed()
  const {read, states} = reader()
  state.services = [service('web', 0), service('worker', 1)]
  live.connect(read)
  state.services = [service('web', 1), service('worker', 1)]
  await clock.advance(300)
  await clock.advance(300)
  state.services = [service('web', 1)]
  await clock.advance(300)

  expect(states()).toMatchObject([
    {full: true, server: {pid: 1}, set: [{kind: 'service', key: 'web'}, {key: 'worker'}], gone: []},
    {full: false, set: [{kind: 'service', key: 'web', view: {runningCount: 1}}], gone: []},
    {full: false, set: [], gone: ['worker']},
  ])
  live.close()
})

test('tells a later reader everything, and the earlier one nothing twice', async () => {
  const {clock, state, live, log} = feed()
  const [first, second] = [reader(), reader()]
  log.add(served)
  live.connect(first.read)
  log.add(served)
  state.services = [service('web', 2)]
  live.connect(second.read)
  log.add(served)
  await clock.advance(300)

  expect(first.states().map(({full, set}) => [full, (set as unknown[]).length])).toEqual([
    [true, 1],
    [false, 1],
  ])
  expect(second.states()).toMatchObject([{full: true, set: [{view: {runningCount: 2}}]}])
  for (const {requests} of [first, second]) expect(requests()).toMatchObject([{number: 1}, {number: 2}, {number: 3}])
  live.close()
})

test('is heard of now and then though nothing changes', async () => {
  const {clock, live} = feed()
  const {read, states} = reader()
  live.connect(read)
  await clock.advance(10_000)

  expect(states().length).toBeGreaterThanOrEqual(3)
  expect(states().length).toBeLessThanOrEqual(5)
  live.close()
})

test('does not look while nobody reads', async () => {
  const {clock, state, live} = feed()
  const disconnect = live.connect(reader().read)
  disconnect()
  const before = state.looks
  await clock.advance(10_000)
  expect(state.looks).toBe(before)

  const {read, states} = reader()
  live.connect(read)
  expect(states()).toMatchObject([{full: true, set: [{key: 'web'}]}])
  live.close()
})
