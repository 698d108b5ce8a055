import type {Action} from '@aws-sdk/client-elastic-load-balancing-v2'
import {describe, expect, test} from 'vitest'
import {arn, forward, listenerArn, targetGroupArn} from '../../account.js'
import {all, destroyed, gone, own, rule, webService} from './destroyed-world.js'

describe('whose it is', () => {
  const foreign = {...webService, tags: [], taskDefinition: arn('ecs', 'task-definition/shop:7')}

  test('a service of somebody else is left alone', async () => {
    const {outcome, changes} = await destroyed({service: foreign})

    expect(outcome).toMatchObject({code: 'NOT_MANAGED', exitCode: 5})
    expect(changes).toEqual([])
  })

  test('a service of the Go CLI is known by its task definition', async () => {
    const {changes} = await destroyed({service: {...webService, tags: []}})

    expect(changes[0]).toBe('ecs:DeleteService')
  })

  test('a log group, a repository and a security group without marks stay', async () => {
    const {changes} = await destroyed({
      handlers: {
        logs: {ListTagsForResource: () => ({tags: {}})},
        ecr: {ListTagsForResource: () => ({tags: [{Key: 'fargate:managed', Value: 'true'}]})},
        ec2: {DescribeSecurityGroups: () => ({SecurityGroups: [{GroupId: 'sg-own', Tags: []}]})},
      },
    })

    expect(changes).not.toContain('logs:DeleteLogGroup')
    expect(changes).not.toContain('ecr:DeleteRepository')
    expect(changes).not.toContain('ec2:DeleteSecurityGroup')
  })

  test('a target group that somebody else made for the service stays', async () => {
    const service = {...webService, loadBalancers: [{targetGroupArn: targetGroupArn('their-group')}]}
    const their = {TargetGroupArn: targetGroupArn('their-group'), TargetGroupName: 'their-group'}
    const DescribeTargetGroups = (input?: {Names?: string[] | undefined}) =>
      input?.Names ? gone() : {TargetGroups: [their]}
    const {changes} = await destroyed({service, handlers: {elbv2: {DescribeTargetGroups}}})

    expect(changes).not.toContain('elbv2:DeleteTargetGroup')
    expect(changes).not.toContain('elbv2:DeleteRule')
  })

  test('what a service of that name in another cluster uses as well stays', async () => {
    const {context, changes} = await destroyed({otherClusters: ['staging']})

    expect([...changes].sort()).toEqual(all.filter((name) => !/TaskDefinition|LogGroup|Repository/.test(name)))
    expect(context.output.texts('warn')).toEqual([
      'task definitions, log group and images of web stay: staging has a service of that name too',
    ])
  })
})

describe('traffic', () => {
  test('rules that lead elsewhere stay, and each that leads here is deleted once', async () => {
    const rules = [
      rule('own', own),
      rule('login', {Type: 'authenticate-oidc'}, own),
      rule('other', forward('fargate-api')),
    ]
    const {context} = await destroyed({rules})

    expect(context.aws.log.inputs('DeleteRule')).toEqual([{RuleArn: 'own'}, {RuleArn: 'login'}])
  })

  test('a default action goes back to the empty target group of the load balancer', async () => {
    const {context} = await destroyed({rules: [], defaultActions: [own]})

    expect(context.aws.log.inputs('ModifyListener')).toEqual([
      {ListenerArn: listenerArn(80), DefaultActions: [forward('front-default')]},
    ])
  })

  const divided: Action = {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [own, forward('fargate-api')].map(({TargetGroupArn}) => ({TargetGroupArn, Weight: 1})),
    },
  }

  test.each([
    ['rule', {rules: [rule('canary', divided)]}, 'the rule canary does: forward to fargate-web and fargate-api'],
    [
      'default action',
      {defaultActions: [divided]},
      'the default action of listener HTTP:80 does: forward to fargate-web and fargate-api',
    ],
  ])('a %s that leads to other services as well is refused', async (_what, situation, message) => {
    const {outcome, changes} = await destroyed(situation)

    expect(outcome).toMatchObject({code: 'TRAFFIC_SHARED', message})
    expect(changes).toEqual([])
  })
})
