import {expect, test} from 'vitest'
import {RequestLog} from '../../../../src/local/request-log/request-log.js'
import type {ServedRequest} from '../../../../src/local/request-log/served-request.js'

const served = (values: Partial<ServedRequest> = {}): Omit<ServedRequest, 'number'> => ({
  time: '2026-01-01T00:00:00.000Z',
  service: 'ecs',
  operation: 'ListServices',
  account: '000000000000',
  region: 'us-east-1',
  status: 200,
  milliseconds: 1,
  requestId: 'id',
  ...values,
})

const numbers = (requests: readonly ServedRequest[]) => requests.map(({number}) => number)

test('keeps so many requests at most, the latest ones', () => {
  const log = new RequestLog({maxRequests: 3, maxCharacters: 1_000_000})
  for (let count = 0; count < 10; count++) log.add(served())

  expect(numbers(log.latest(100))).toEqual([8, 9, 10])
  expect(numbers(log.latest(2))).toEqual([9, 10])
  expect(log.latest(0)).toEqual([])
})

test('keeps so many characters at most, however few requests those are', () => {
  const one = JSON.stringify({number: 1, ...served()}).length
  const log = new RequestLog({maxRequests: 1000, maxCharacters: 3 * one})
  for (let count = 0; count < 4; count++) log.add(served())
  expect(numbers(log.latest(100))).toEqual([2, 3, 4])

  log.add(served({resource: 'x'.repeat(one + 40)}))
  expect(numbers(log.latest(100))).toEqual([5])

  log.add(served({resource: 'x'.repeat(4 * one)}))
  expect(log.latest(100)).toEqual([])
  log.add(served())
  expect(numbers(log.latest(100))).toEqual([7])
})

test('finds the latest of those that are wanted', () => {
  const log = new RequestLog()
  log.add(served({status: 400}))
  log.add(served({service: 'ec2'}))
  log.add(served())
  log.add(served({service: 'ec2', status: 503}))
  log.add(served({status: 0}))

  expect(numbers(log.latest(2, {service: 'ecs'}))).toEqual([3, 5])
  expect(numbers(log.latest(9, {errors: true}))).toEqual([1, 4, 5])
  expect(numbers(log.latest(9, {errors: true, service: 'ec2'}))).toEqual([4])
})

test('tells new requests to who follows, until it does not', () => {
  const log = new RequestLog()
  const heard: number[] = []
  log.add(served())
  const unfollow = log.follow(({number}) => heard.push(number))
  log.add(served())
  unfollow()
  log.add(served())

  expect(heard).toEqual([2])
})
