import type {Action} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import type {DestroyLoadBalancerOptions} from '../../../../src/actions/lb/destroy-load-balancer.js'
import {destroyLoadBalancer} from '../../../../src/actions/lb/destroy-load-balancer.js'
import {awsFailure, fails} from '../../../helpers/fake-aws.js'
import {fakeContext} from '../../../helpers/fake-context.js'
import {forward, listenerArn, loadBalancerArn, targetGroupArn} from '../account.js'

const managed = [{Key: 'fargate:managed', Value: 'true'}]

interface Situation {
  readonly defaultActions?: Action[]
  readonly ruleActions?: Action[]
  readonly tags?: {Key: string; Value: string}[]
  readonly hasDefaultGroup?: boolean
  readonly answers?: readonly boolean[]
}

async function destroyed(situation: Situation = {}, overrides: Partial<DestroyLoadBalancerOptions> = {}) {
  const {defaultActions = [forward('front-default')], ruleActions, tags = managed, hasDefaultGroup = true} = situation
  let isGone = false
  const context = fakeContext(
    {
      elbv2: {
        DescribeLoadBalancers: () => {
          if (isGone) throw awsFailure('LoadBalancerNotFoundException')
          return {LoadBalancers: [{LoadBalancerArn: loadBalancerArn, LoadBalancerName: 'front', DNSName: 'front.elb'}]}
        },
        DescribeTags: () => ({TagDescriptions: [{ResourceArn: loadBalancerArn, Tags: tags}]}),
        DescribeTargetGroups: hasDefaultGroup
          ? () => ({TargetGroups: [{TargetGroupArn: targetGroupArn('front-default')}]})
          : fails('TargetGroupNotFoundException'),
        DescribeListeners: () => ({
          Listeners: [{ListenerArn: listenerArn(80), Port: 80, DefaultActions: defaultActions}],
        }),
        DescribeRules: () => ({
          Rules: ruleActions === undefined ? [] : [{RuleArn: 'r', Priority: '1', Actions: ruleActions}],
        }),
        DeleteLoadBalancer: () => {
          isGone = true
          return {}
        },
        DeleteTargetGroup: () => {
          if (!isGone) throw awsFailure('ResourceInUseException')
          return {}
        },
      },
      ec2: {
        DescribeSecurityGroups: ({Filters = []} = {}) => ({
          SecurityGroups: Filters[0]?.Name === 'group-name' ? [{GroupId: 'sg-front', Tags: managed}] : [],
        }),
        DeleteSecurityGroup: () => ({}),
      },
    },
    situation.answers === undefined ? {} : {answers: situation.answers},
  )
  const options = {name: 'front', force: false, yes: true, timeoutMs: 60_000, dryRun: false, ...overrides}
  const outcome: unknown = await destroyLoadBalancer(context, options).catch((error: unknown) => error)
  return {context, outcome, changes: context.aws.log.changes()}
}

const all = ['ec2:DeleteSecurityGroup', 'elbv2:DeleteLoadBalancer', 'elbv2:DeleteTargetGroup']

test('deletes the load balancer, and then its target group and security group', async () => {
  const {changes} = await destroyed()

  expect(changes[0]).toBe('elbv2:DeleteLoadBalancer')
  expect([...changes].sort()).toEqual(all)
})

describe('with services behind it', () => {
  test.each([
    ['a rule', {ruleActions: [forward('fargate-web')]}],
    ['a default action', {defaultActions: [forward('fargate-web')]}],
  ])('by %s is left alone', async (_what, situation) => {
    const {outcome, changes} = await destroyed(situation)

    expect(outcome).toMatchObject({
      code: 'LOAD_BALANCER_IN_USE',
      exitCode: 5,
      message: 'load balancer front sends requests to fargate-web',
    })
    expect(changes).toEqual([])
  })

  test('is deleted by force', async () => {
    const {changes} = await destroyed({ruleActions: [forward('fargate-web')]}, {force: true})

    expect([...changes].sort()).toEqual(all)
  })
})

describe('whose it is', () => {
  test('one of somebody else is left alone, even by force', async () => {
    const {outcome, changes} = await destroyed({tags: [], hasDefaultGroup: false}, {force: true})

    expect(outcome).toMatchObject({code: 'NOT_MANAGED', exitCode: 5})
    expect(changes).toEqual([])
  })

  test('one of the Go CLI is known by its default target group', async () => {
    expect((await destroyed({tags: []})).changes).toContain('elbv2:DeleteLoadBalancer')
  })
})

test('in a dry run changes nothing', async () => {
  const {outcome, changes} = await destroyed({}, {dryRun: true, yes: false})

  expect(changes).toEqual([])
  expect(outcome).toMatchObject({changes: [{step: 'load-balancer'}, {step: 'target-group'}, {step: 'security-group'}]})
})

test('is confirmed first', async () => {
  expect((await destroyed({}, {yes: false})).outcome).toMatchObject({code: 'CONFIRMATION_REQUIRED', exitCode: 2})
  expect((await destroyed({answers: [false]}, {yes: false})).changes).toEqual([])
  expect([...(await destroyed({answers: [true]}, {yes: false})).changes].sort()).toEqual(all)
})
