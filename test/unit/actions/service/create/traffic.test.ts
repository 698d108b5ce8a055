import {describe, expect, test} from 'vitest'
import {createService} from '../../../../../src/actions/service/create/create-service.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import type {Account} from '../../account.js'
import {callsOf, emptyAccount, forward, listenerArn, targetGroupArn} from '../../account.js'
import {balanced} from './options.js'

const path = {type: 'path', value: '/api/*'} as const
const host = {type: 'host', value: 'api.example.com'} as const
const own = forward('fargate-web')

async function created(options = balanced(), world = emptyAccount()) {
  const context = fakeContext(callsOf(world))
  const outcome: unknown = await createService(context, options).catch((error: unknown) => error)
  return {world, context, outcome, changes: context.aws.log.changes()}
}

const listening = (...listeners: Account['listeners']): Account => ({...emptyAccount(), listeners})

describe('the target group', () => {
  test('is checked every ten seconds, and lets go of tasks after thirty', async () => {
    const {context, world} = await created()

    expect(context.aws.log.inputs('CreateTargetGroup')).toMatchObject([
      {
        Name: 'fargate-web',
        TargetType: 'ip',
        Protocol: 'HTTP',
        Port: 8080,
        VpcId: 'vpc-1',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
      },
    ])
    expect(world.targetGroups.get('fargate-web')?.delay).toBe('30')
  })

  test('has the settings that are given', async () => {
    const healthCheck = {
      path: '/up',
      intervalSeconds: 30,
      timeoutSeconds: 20,
      healthyCount: 3,
      unhealthyCount: 4,
      codes: '204',
    }
    const {context, world} = await created(balanced({healthCheck, deregistrationDelaySeconds: 5}))

    expect(context.aws.log.inputs('CreateTargetGroup')).toMatchObject([
      {
        HealthCheckPath: '/up',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 20,
        HealthyThresholdCount: 3,
        UnhealthyThresholdCount: 4,
        Matcher: {HttpCode: '204'},
      },
    ])
    expect(world.targetGroups.get('fargate-web')?.delay).toBe('5')
  })

  test('for TCP is checked by connecting alone', async () => {
    const world = listening({port: 5432, protocol: 'TCP', defaultActions: [forward('front-default')], rules: []})
    const {context} = await created(balanced({port: {protocol: 'TCP', port: 5432}}), world)
    const [input] = context.aws.log.inputs('CreateTargetGroup')

    expect(input).toMatchObject({Protocol: 'TCP', HealthCheckProtocol: 'TCP'})
    expect(Object.keys(input ?? {})).not.toContain('HealthCheckPath')
  })

  test('that a stopped run left without its delay gets it', async () => {
    const first = await created()
    const left = first.world.targetGroups.get('fargate-web')
    if (left !== undefined) left.delay = '300'
    const {outcome} = await created(balanced(), first.world)

    expect(outcome).toMatchObject({changes: [{step: 'target-group', detail: 'deregistration delay 300 → 30 s'}]})
    expect(left?.delay).toBe('30')
  })

  test('of the Go CLI is changed in nothing but what is asked for', async () => {
    const first = await created()
    const group = first.world.targetGroups.get('fargate-web')
    Object.assign(group ?? {}, {managed: false, HealthCheckIntervalSeconds: 30, HealthyThresholdCount: 5, delay: '300'})

    expect((await created(balanced(), first.world)).changes).toEqual([])

    const {context} = await created(balanced({healthCheck: {path: '/up'}}), first.world)
    expect(context.aws.log.inputs('ModifyTargetGroup')).toEqual([
      {TargetGroupArn: targetGroupArn('fargate-web'), HealthCheckPath: '/up'},
    ])
    expect(group?.delay).toBe('300')
  })
})

test('the service stands behind the load balancer, with a minute to start', async () => {
  const {context} = await created()

  expect(context.aws.log.inputs('CreateService')).toMatchObject([
    {
      loadBalancers: [{targetGroupArn: targetGroupArn('fargate-web'), containerName: 'web', containerPort: 8080}],
      healthCheckGracePeriodSeconds: 60,
    },
  ])
})

test('tasks let in the load balancer alone', async () => {
  const {context} = await created()

  expect(context.aws.log.inputs('AuthorizeSecurityGroupIngress')).toMatchObject([
    {IpPermissions: [{FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{GroupId: 'sg-front'}]}]},
  ])
})

describe('the default action', () => {
  test('is taken where it leads to the empty target group of the load balancer', async () => {
    const {world, changes} = await created()

    expect(world.listeners[0]?.defaultActions).toEqual([own])
    expect(changes.indexOf('elbv2:ModifyListener')).toBeLessThan(changes.indexOf('ecs:CreateService'))
  })

  test.each([
    ['another service', [forward('fargate-api')], 'listener HTTP:80 does: forward to fargate-api'],
    [
      'a fixed answer',
      [{Type: 'fixed-response' as const, FixedResponseConfig: {StatusCode: '404'}}],
      'listener HTTP:80 does: fixed response 404',
    ],
  ])('of somebody else is left alone: %s', async (_what, defaultActions, message) => {
    const world = listening({port: 80, defaultActions, rules: []})
    const {outcome, changes} = await created(balanced(), world)

    expect(outcome).toMatchObject({
      code: 'DEFAULT_ACTION_TAKEN',
      exitCode: 5,
      message: expect.stringContaining(message),
    })
    expect(changes).toEqual([])
    expect(world.listeners[0]?.defaultActions).toEqual(defaultActions)
  })

  test('of somebody else is taken over where that is asked for', async () => {
    const world = listening({port: 80, defaultActions: [forward('fargate-api')], rules: []})
    await created(balanced({replaceDefault: true}), world)

    expect(world.listeners[0]?.defaultActions).toEqual([own])
  })

  test('of a listener that redirects stays as it is', async () => {
    const redirect = {Type: 'redirect' as const, RedirectConfig: {StatusCode: 'HTTP_301' as const, Protocol: 'HTTPS'}}
    const world = listening(
      {port: 80, defaultActions: [redirect], rules: []},
      {port: 443, protocol: 'HTTPS', defaultActions: [forward('front-default')], rules: []},
    )
    const {context} = await created(balanced(), world)

    expect(context.aws.log.inputs('ModifyListener')).toMatchObject([{ListenerArn: listenerArn(443)}])
  })
})

describe('rules', () => {
  test('are made on each listener behind those that are there, and the default action stays', async () => {
    const old = {
      RuleArn: 'old',
      Priority: '30',
      Conditions: [{Field: 'path-pattern', Values: ['/old']}],
      Actions: [forward('x')],
    }
    const world = listening(
      {port: 80, defaultActions: [forward('fargate-api')], rules: [old]},
      {port: 8080, defaultActions: [forward('fargate-api')], rules: []},
    )
    await created(balanced({rules: [path, host]}), world)
    const made = world.listeners.map(({rules}) => rules.filter(({RuleArn}) => RuleArn !== 'old'))

    expect(made.map((rules) => rules.map(({Priority}) => Priority))).toEqual([
      ['40', '50'],
      ['10', '20'],
    ])
    expect(made[0]?.map(({Conditions, Actions}) => ({Conditions, Actions}))).toEqual([
      {Conditions: [{Field: 'path-pattern', Values: ['/api/*']}], Actions: [own]},
      {Conditions: [{Field: 'host-header', Values: ['api.example.com']}], Actions: [own]},
    ])
    expect(world.listeners[0]?.defaultActions).toEqual([forward('fargate-api')])
  })

  test('that are there already are not made again', async () => {
    const {world} = await created(balanced({rules: [path]}))
    const {changes, outcome} = await created(balanced({rules: [path, host]}), world)

    expect(changes).toEqual(['elbv2:CreateRule'])
    expect(outcome).toMatchObject({changes: [{detail: 'listener HTTP:80 host-header api.example.com'}]})
  })

  test.each([
    ['the very same', [{Field: 'path-pattern', Values: ['/api/*']}], path],
    ['a host in other case', [{Field: 'host-header', Values: ['API.example.com']}], host],
  ])('that lead somewhere else are a conflict: %s', async (_what, Conditions, rule) => {
    const taken = {RuleArn: 'taken', Priority: '10', Conditions, Actions: [forward('fargate-api')]}
    const world = listening({port: 80, defaultActions: [forward('front-default')], rules: [taken]})
    const {outcome, changes} = await created(balanced({rules: [rule]}), world)

    expect(outcome).toMatchObject({
      code: 'RULE_TAKEN',
      message: expect.stringContaining('that does: forward to fargate-api'),
      details: {ruleArn: 'taken'},
    })
    expect(changes).toEqual([])
  })
})
