import {expect, test} from 'vitest'
import {inspectLoadBalancer} from '../../../../src/actions/lb/inspect-load-balancer.js'
import {listLoadBalancerSummaries} from '../../../../src/actions/lb/list-load-balancers.js'
import {
  forwardTo,
  listenerArn,
  loadBalancerArn,
  sdkLoadBalancer,
  sdkService,
  targetGroupArn,
} from '../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'

const listenerUrl = async ({protocol, dnsName}: {protocol: string; dnsName: string}) =>
  `${protocol.toLowerCase()}://${dnsName}`
const options = {cluster: 'fargate', name: 'front'}

const rule = (priority: string, condition: object, actions: object[]) => ({
  RuleArn: `rule-${priority}`,
  Priority: priority,
  IsDefault: priority === 'default',
  Conditions: [condition],
  Actions: actions as never,
})

function account(elbv2: AwsTable['elbv2'] = {}) {
  const behind = (targetGroup: string) => ({loadBalancers: [{targetGroupArn: targetGroupArn(targetGroup)}]})
  const services = [sdkService('web', behind('fargate-web')), sdkService('api', behind('fargate-api'))]
  return awsTable({
    ecs: {
      ListServices: () => ({serviceArns: services.map(({serviceArn}) => serviceArn)}),
      DescribeServices: () => ({services}),
    },
    elbv2: {
      DescribeLoadBalancers: () => ({LoadBalancers: [sdkLoadBalancer('front')]}),
      DescribeListeners: () => ({
        Listeners: [
          {
            ListenerArn: listenerArn('front', 80),
            Protocol: 'HTTP',
            Port: 80,
            DefaultActions: [forwardTo('front-default')],
          },
        ],
      }),
      DescribeRules: () => ({
        Rules: [
          rule('30', {Field: 'http-header', HttpHeaderConfig: {HttpHeaderName: 'X-Beta', Values: ['1']}}, [
            forwardTo('theirs'),
          ]),
          rule('10', {Field: 'path-pattern', PathPatternConfig: {Values: ['/a', '/b']}}, [
            forwardTo('fargate-web', 'fargate-api'),
          ]),
          rule('20', {Field: 'host-header', Values: ['old.example.com']}, [
            {Type: 'redirect', RedirectConfig: {Host: 'new.example.com', StatusCode: 'HTTP_301'}},
          ]),
          rule('default', {}, [forwardTo('front-default')]),
        ],
      }),
      DescribeTargetHealth: () => ({TargetHealthDescriptions: [{TargetHealth: {State: 'healthy'}}]}),
      ...elbv2,
    },
  })
}

test('shows rules by priority, with conditions and actions of every kind', async () => {
  const {aws} = account()

  const {listeners} = await inspectLoadBalancer({aws, listenerUrl}, options)

  expect(listeners).toMatchObject([
    {
      url: 'http://front-1.us-east-1.elb.amazonaws.com',
      rules: [
        {
          priority: 10,
          conditions: [{field: 'path-pattern', values: ['/a', '/b']}],
          actions: [{targetGroups: [{name: 'fargate-web', weight: 1}, {name: 'fargate-api'}]}],
        },
        {
          priority: 20,
          conditions: [{field: 'host-header', values: ['old.example.com']}],
          actions: [{redirectUrl: '#{protocol}://new.example.com:#{port}/#{path}?#{query}', statusCode: '301'}],
        },
        {priority: 30, conditions: [{field: 'http-header', name: 'X-Beta', values: ['1']}]},
      ],
      defaultActions: [{targetGroups: [{name: 'front-default'}]}],
    },
  ])
})

test('names the services behind target groups, and tells those of others', async () => {
  const {aws} = account()

  const {targetGroups} = await inspectLoadBalancer({aws, listenerUrl}, options)

  expect(targetGroups.map(({name, services, isDefault}) => [name, services, isDefault])).toEqual([
    ['fargate-web', ['web'], false],
    ['fargate-api', ['api'], false],
    ['theirs', [], false],
    ['front-default', [], true],
  ])
  expect(targetGroups[0]?.targets).toEqual({healthy: 1})
})

test('leaves the targets of a deleted target group out', async () => {
  const {aws} = account({
    DescribeTargetHealth: ({TargetGroupArn}) => {
      if (TargetGroupArn === targetGroupArn('theirs')) throw new AwsFailure('TargetGroupNotFoundException')
      return {TargetHealthDescriptions: [{TargetHealth: {State: 'healthy'}}]}
    },
  })

  const {targetGroups} = await inspectLoadBalancer({aws, listenerUrl}, options)

  expect(targetGroups.map(({targets}) => targets)).toEqual([{healthy: 1}, {healthy: 1}, {}, {healthy: 1}])
})

test('asks for the services while it walks the load balancer', async () => {
  const {aws, waves} = account()

  await inspectLoadBalancer({aws, listenerUrl}, options)

  expect(waves).toEqual([
    ['DescribeLoadBalancers', 'ListServices'],
    ['DescribeListeners', 'DescribeServices'],
    ['DescribeRules'],
    Array.from({length: 4}, () => 'DescribeTargetHealth'),
  ])
})

test('names similar load balancers for an unknown one', async () => {
  const {aws} = account({
    DescribeLoadBalancers: ({Names}) => {
      if (Names !== undefined) throw new AwsFailure('LoadBalancerNotFoundException')
      return {LoadBalancers: [sdkLoadBalancer('front')]}
    },
  })

  await expect(inspectLoadBalancer({aws, listenerUrl}, {...options, name: 'fornt'})).rejects.toMatchObject({
    code: 'LOAD_BALANCER_NOT_FOUND',
    exitCode: 5,
    message: 'load balancer fornt does not exist; did you mean front?',
  })
})

test('lists all pages of load balancers by name, with their ports in order', async () => {
  const {aws} = account({
    DescribeLoadBalancers: ({Marker}) =>
      Marker === undefined
        ? {LoadBalancers: [sdkLoadBalancer('web')], NextMarker: 'more'}
        : {LoadBalancers: [sdkLoadBalancer('api', {Type: 'network'})]},
    DescribeListeners: ({LoadBalancerArn}) => ({
      Listeners:
        LoadBalancerArn === loadBalancerArn('web')
          ? [
              {Protocol: 'HTTPS', Port: 443},
              {Protocol: 'HTTP', Port: 80},
            ]
          : [{Protocol: 'TCP', Port: 5432}],
    }),
  })

  const {loadBalancers} = await listLoadBalancerSummaries({aws})

  expect(
    loadBalancers.map(({name, type, ports}) => [name, type, ports.map(({protocol, port}) => `${protocol}:${port}`)]),
  ).toEqual([
    ['api', 'network', ['TCP:5432']],
    ['web', 'application', ['HTTP:80', 'HTTPS:443']],
  ])
})

test('lists a load balancer that is deleted in the meantime without ports', async () => {
  const {aws} = account({
    DescribeListeners: () => {
      throw new AwsFailure('LoadBalancerNotFoundException')
    },
  })

  expect((await listLoadBalancerSummaries({aws})).loadBalancers).toMatchObject([{name: 'front', ports: []}])
})
