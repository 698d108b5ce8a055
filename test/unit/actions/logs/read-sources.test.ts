import {expect, test} from 'vitest'
import type {LogSource} from '../../../../src/actions/logs/log-sources.js'
import {nothingMissing, readSources} from '../../../../src/actions/logs/read-sources.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'
import {fakeLogGroup} from '../../../helpers/fake-log-group.js'

async function read(aws: ReturnType<typeof awsTable>['aws'], sources: readonly LogSource[]) {
  const missing = nothingMissing()
  const messages: string[] = []
  for await (const events of readSources(aws.logs, sources, {}, missing)) {
    messages.push(...events.map(({message}) => message))
  }
  return {messages, missing}
}

function groupOf(...streams: readonly string[]) {
  const events = streams.map((stream, index) => ({stream, timestamp: index, message: `${index} ${stream}`}))
  return awsTable({logs: fakeLogGroup({name: 'group', events, now: () => 1000})})
}

test('reads the streams that exist though others do not', async () => {
  const {aws} = groupOf('a', 'b', 'c')

  const {messages, missing} = await read(aws, [{group: 'group', streams: ['no', 'c', 'nor', 'a', 'neither']}])

  expect(messages).toEqual(['0 a', '2 c'])
  expect([...missing.streams].sort()).toEqual(['neither', 'no', 'nor'])
})

test('asks for at most a hundred streams at a time, and keeps the order of time', async () => {
  const streams = Array.from({length: 230}, (_, index) => `task-${index}`)
  const {aws, inputs} = groupOf(...[...streams].reverse())

  const {messages} = await read(aws, [{group: 'group', streams}])

  expect(messages).toEqual([...streams].reverse().map((stream, index) => `${index} ${stream}`))
  expect(Math.max(...inputs('FilterLogEvents').map((input) => (input.logStreamNames as string[]).length))).toBe(100)
})

test('takes a group that does not exist for an empty one, and says so', async () => {
  const {aws} = groupOf('a')

  const {messages, missing} = await read(aws, [{group: 'gone'}, {group: 'group', streamPrefix: 'a'}])

  expect(messages).toEqual(['0 a'])
  expect([...missing.groups]).toEqual(['gone'])
})

test('passes on every other refusal', async () => {
  const {aws} = awsTable({
    logs: {
      FilterLogEvents: () => {
        throw new AwsFailure('InvalidParameterException', 'Invalid filter pattern')
      },
    },
  })

  await expect(read(aws, [{group: 'group'}])).rejects.toThrow('Invalid filter pattern')
})

test('reads on after an empty page', async () => {
  const {aws} = awsTable({
    logs: {
      FilterLogEvents: ({nextToken}) =>
        nextToken === undefined
          ? {events: [], nextToken: 'more'}
          : {events: [{eventId: '1', message: 'found', timestamp: 1}]},
    },
  })

  expect((await read(aws, [{group: 'group'}])).messages).toEqual(['found'])
})
