import {
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import {describeTags} from '../../../src/elbv2/tags.js'
import {
  deleteTargetGroup,
  deregistrationDelaySeconds,
  findTargetGroup,
  setDeregistrationDelay,
  targetGroupsByArn,
  targetHealth,
} from '../../../src/elbv2/target-groups.js'
import {mockedAws, mockSdk, refusal} from '../../helpers/aws-mocks.js'

const mock = mockSdk(ElasticLoadBalancingV2Client)
const {elbv2} = mockedAws
const gone = () => refusal('TargetGroupNotFoundException')

test('findTargetGroup answers one by name, or undefined', async () => {
  mock.on(DescribeTargetGroupsCommand, {Names: ['fargate-web']}).resolves({
    TargetGroups: [{TargetGroupArn: 'arn:web', HealthCheckPath: '/', Matcher: {HttpCode: '200'}}],
  })
  mock.on(DescribeTargetGroupsCommand, {Names: ['fargate-api']}).rejects(gone())

  expect(await findTargetGroup(elbv2, 'fargate-web')).toMatchObject({
    arn: 'arn:web',
    loadBalancerArns: [],
    healthCheck: {path: '/', codes: '200', intervalSeconds: 0},
  })
  expect(await findTargetGroup(elbv2, 'fargate-api')).toBeUndefined()
})

test('targetGroupsByArn asks for twenty at a time, and one that is gone does not hide the others', async () => {
  const arns = Array.from({length: 22}, (_, index) => `arn:${index}`)
  mock.on(DescribeTargetGroupsCommand).callsFake(({TargetGroupArns}: {TargetGroupArns: string[]}) => {
    if (TargetGroupArns.includes('arn:21')) throw gone()
    return {TargetGroups: TargetGroupArns.map((TargetGroupArn) => ({TargetGroupArn}))}
  })

  expect([...(await targetGroupsByArn(elbv2, arns)).keys()]).toEqual(arns.slice(0, 21))
  // One batch of twenty; one of two, and then each of these.
  expect(mock).toHaveReceivedCommandTimes(DescribeTargetGroupsCommand, 4)
})

test('deregistrationDelaySeconds reads the attribute, which some types lack', async () => {
  mock
    .on(DescribeTargetGroupAttributesCommand, {TargetGroupArn: 'arn:web'})
    .resolves({Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '30'}]})
    .on(DescribeTargetGroupAttributesCommand, {TargetGroupArn: 'arn:lambda'})
    .resolves({})

  expect(await deregistrationDelaySeconds(elbv2, 'arn:web')).toBe(30)
  expect(await deregistrationDelaySeconds(elbv2, 'arn:lambda')).toBeUndefined()
})

test('setDeregistrationDelay sends seconds as text', async () => {
  mock.on(ModifyTargetGroupAttributesCommand).resolves({})
  await setDeregistrationDelay(elbv2, 'arn:web', 30)

  expect(mock).toHaveReceivedCommandExactlyOnceWith(ModifyTargetGroupAttributesCommand, {
    TargetGroupArn: 'arn:web',
    Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '30'}],
  })
})

describe('deleteTargetGroup', () => {
  test.each([
    ['TargetGroupNotFoundException', true],
    ['ResourceInUseException', false],
  ])('%s answers %s', async (name, deleted) => {
    mock.on(DeleteTargetGroupCommand).rejects(refusal(name))

    expect(await deleteTargetGroup(elbv2, 'arn:web')).toBe(deleted)
  })

  test('throws other errors', async () => {
    mock.on(DeleteTargetGroupCommand).rejects(refusal('AccessDenied'))

    await expect(deleteTargetGroup(elbv2, 'arn:web')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

test('targetHealth tells each target with its reason, and none of a group that is gone', async () => {
  mock.on(DescribeTargetHealthCommand, {TargetGroupArn: 'arn:web'}).resolves({
    TargetHealthDescriptions: [
      {
        Target: {Id: '10.0.0.7', Port: 80},
        TargetHealth: {State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out'},
      },
    ],
  })
  mock.on(DescribeTargetHealthCommand, {TargetGroupArn: 'arn:gone'}).rejects(gone())

  expect(await targetHealth(elbv2, 'arn:web')).toEqual([
    {address: '10.0.0.7', port: 80, state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out'},
  ])
  expect(await targetHealth(elbv2, 'arn:gone')).toEqual([])
})

describe('describeTags', () => {
  test('asks for twenty at a time', async () => {
    const arns = Array.from({length: 21}, (_, index) => `arn:${index}`)
    mock.on(DescribeTagsCommand).callsFake(({ResourceArns}: {ResourceArns: string[]}) => ({
      TagDescriptions: ResourceArns.map((ResourceArn) => ({ResourceArn, Tags: [{Key: 'a', Value: ResourceArn}]})),
    }))
    const tags = await describeTags(elbv2, arns)

    expect(tags.get('arn:20')).toEqual({a: 'arn:20'})
    expect(mock).toHaveReceivedCommandTimes(DescribeTagsCommand, 2)
  })

  test.each(['LoadBalancerNotFoundException', 'TargetGroupNotFoundException', 'ListenerNotFoundException'])(
    '%s of one does not hide the tags of the others',
    async (name) => {
      mock.on(DescribeTagsCommand).callsFake(({ResourceArns}: {ResourceArns: string[]}) => {
        if (ResourceArns.includes('arn:gone')) throw refusal(name)
        return {TagDescriptions: ResourceArns.map((ResourceArn) => ({ResourceArn, Tags: []}))}
      })

      expect([...(await describeTags(elbv2, ['arn:a', 'arn:gone', 'arn:b'])).keys()]).toEqual(['arn:a', 'arn:b'])
    },
  )
})
