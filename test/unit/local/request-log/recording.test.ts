import {EventEmitter} from 'node:events'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {expect, test} from 'vitest'
import {recordRequests} from '../../../../src/local/request-log/recording.js'
import {RequestLog} from '../../../../src/local/request-log/request-log.js'
import type {WireCall} from '../../../../src/local/wire/wire-options.js'

function recording() {
  const log = new RequestLog()
  const machine = {time: 1000}
  const recorded = recordRequests({log, clock: {now: () => 0}, machineTime: () => machine.time})
  return {log, machine, ...recorded}
}

const call: WireCall = {
  service: 'ecs',
  operation: 'DescribeServices',
  account: '111122223333',
  region: 'eu-west-1',
  accessKeyId: '111122223333',
  requestId: 'r-1',
  input: {cluster: 'fargate', services: ['web']},
  startedAt: Date.UTC(2026, 0, 1),
}

test('tells when a call came in the time of AWS, and how long it took in that of the machine', () => {
  const {log, machine, onStart, onEnd} = recording()
  onStart(call)
  machine.time += 12.34
  onEnd({...call, status: 400, errorCode: 'ClusterNotFoundException', endedAt: Date.UTC(2030, 0, 1)})

  expect(log.latest(1)).toEqual([
    {
      number: 1,
      time: '2026-01-01T00:00:00.000Z',
      service: 'ecs',
      operation: 'DescribeServices',
      account: '111122223333',
      region: 'eu-west-1',
      resource: 'fargate/web',
      status: 400,
      errorCode: 'ClusterNotFoundException',
      milliseconds: 12.3,
      requestId: 'r-1',
    },
  ])
})

test('tells calls that overlap apart', () => {
  const {log, machine, onStart, onEnd} = recording()
  const other = {...call, requestId: 'r-2'}
  onStart(call)
  machine.time += 5
  onStart(other)
  machine.time += 5
  onEnd({...call, status: 200, errorCode: undefined, endedAt: 0})
  onEnd({...other, status: 200, errorCode: undefined, endedAt: 0})

  expect(log.latest(2).map(({milliseconds}) => milliseconds)).toEqual([10, 5])
})

test.each([
  [
    '/v2/111122223333/eu-west-1/web/manifests/v1?secret=1',
    '111122223333/eu-west-1/web/manifests/v1',
    '111122223333',
    'eu-west-1',
  ],
  ['/v2/', undefined, '000000000000', 'us-east-1'],
])('records what docker asks for at %s, without the query', (url, resource, account, region) => {
  const {log, registryRequest} = recording()
  const response = Object.assign(new EventEmitter(), {statusCode: 201, writableFinished: true})
  registryRequest({method: 'PUT', url} as IncomingMessage, response as unknown as ServerResponse)
  expect(log.latest(1)).toEqual([])
  response.emit('close')

  const [recorded] = log.latest(1)
  expect(recorded).toMatchObject({service: 'registry', operation: 'PUT', status: 201, account, region})
  expect(recorded?.resource).toBe(resource)
})

test('records an answer that never came as dropped', () => {
  const {log, registryRequest} = recording()
  const response = Object.assign(new EventEmitter(), {statusCode: 200, writableFinished: false})
  registryRequest({method: 'GET', url: '/v2/'} as IncomingMessage, response as unknown as ServerResponse)
  response.emit('close')

  expect(log.latest(1)).toMatchObject([{status: 0}])
})
