import {
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {describe, expect, test} from 'vitest'
import {startWithGroup} from './fixture.js'

const day = 24 * 60 * 60 * 1000

describe('retention', () => {
  test.each([1, 14, 365, 3653])('of %i days is shown until it is taken back', async (retentionInDays) => {
    const {client} = await startWithGroup()
    const shown = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays

    await client.send(new PutRetentionPolicyCommand({logGroupName: 'web', retentionInDays}))
    expect(await shown()).toBe(retentionInDays)
    await client.send(new DeleteRetentionPolicyCommand({logGroupName: 'web'}))
    expect(await shown()).toBeUndefined()
  })

  test.each([0, 2, 366])('of %i days is refused', async (retentionInDays) => {
    const {client} = await startWithGroup()

    await expect(
      client.send(new PutRetentionPolicyCommand({logGroupName: 'web', retentionInDays})),
    ).rejects.toMatchObject({name: 'InvalidParameterException'})
  })

  test('hides events that are older', async () => {
    const {client, clock, write} = await startWithGroup()
    write('s', [0, 'old'], [day, 'young'])
    await client.send(new PutRetentionPolicyCommand({logGroupName: 'web', retentionInDays: 1}))
    await clock.advance(day + 1)

    const filtered = await client.send(new FilterLogEventsCommand({logGroupName: 'web'}))
    const read = await client.send(new GetLogEventsCommand({logGroupName: 'web', logStreamName: 's'}))

    expect(filtered.events?.map(({message}) => message)).toEqual(['young'])
    expect(read.events?.map(({message}) => message)).toEqual(['young'])
  })
})
