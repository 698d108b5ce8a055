import {expect, test} from 'vitest'
import type {LoadBalancerInspection} from '../../../../src/actions/lb/inspect-load-balancer.js'
import type {ActionSummary} from '../../../../src/actions/lb/listener-summary.js'
import {renderLoadBalancerInspection} from '../../../../src/cli/render/load-balancer-inspection.js'

const arnOf = (name: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/1`

const forward = (...weights: readonly (readonly [string, number])[]): ActionSummary => ({
  type: 'forward',
  targetGroups: weights.map(([name, weight]) => ({arn: arnOf(name), name, weight})),
  redirectUrl: undefined,
  statusCode: undefined,
})
const other = (type: string, fields: Partial<ActionSummary> = {}): ActionSummary => ({...forward(), type, ...fields})
const pathRule = (priority: number, path: string, ...actions: readonly ActionSummary[]) => ({
  arn: 'r',
  priority,
  conditions: [{field: 'path-pattern', name: undefined, values: [path]}],
  actions,
})
const group = (name: string, services: readonly string[], targets = {}, isDefault = false) => ({
  arn: arnOf(name),
  name,
  services,
  isDefault,
  targets,
})

const inspection: LoadBalancerInspection = {
  name: 'front',
  arn: 'arn',
  state: 'active',
  type: 'application',
  scheme: 'internet-facing',
  dnsName: 'front.example.com',
  createdAt: undefined,
  subnets: ['subnet-1', 'subnet-2'],
  securityGroups: ['sg-1'],
  listeners: [
    {
      arn: 'l80',
      protocol: 'HTTP',
      port: 80,
      url: 'http://front.example.com',
      certificates: [],
      rules: [],
      defaultActions: [other('redirect', {redirectUrl: 'https://#{host}:443/#{path}?#{query}', statusCode: '301'})],
    },
    {
      arn: 'l443',
      protocol: 'HTTPS',
      port: 443,
      url: 'https://front.example.com',
      certificates: ['arn:1', 'arn:2'],
      rules: [
        pathRule(10, '/api/*', other('authenticate-oidc'), forward(['fargate-api', 1])),
        pathRule(20, '/v2/*', forward(['fargate-api', 80], ['theirs', 20])),
        pathRule(130, '/gone', other('fixed-response', {statusCode: '410'})),
      ],
      defaultActions: [forward(['front-default', 1])],
    },
  ],
  certificates: [
    {arn: 'arn:1', domain: 'www.example.com'},
    {arn: 'arn:2', domain: undefined},
  ],
  targetGroups: [
    group('fargate-api', ['api'], {unhealthy: 1, healthy: 2}),
    group('theirs', [], {healthy: 1}),
    group('front-default', [], {}, true),
  ],
}

test('shows ports with rules, the services behind them and what belongs to others', () => {
  expect(renderLoadBalancerInspection(inspection)).toMatchInlineSnapshot(`
    "Load Balancer Name:  front
    Status:              Active
    Type:                Application
    Scheme:              internet-facing
    DNS Name:            front.example.com
    URL:                 http://front.example.com, https://front.example.com
    Subnets:             subnet-1, subnet-2
    Security Groups:     sg-1
    Ports:
      HTTP:80:
        Rules:
          default  redirect to https://#{host}:443/#{path}?#{query} (301)
      HTTPS:443:
        Certificates:
          www.example.com (arn:1)
          arn:2
        Rules:
          10       PATH=/api/*  authenticate-oidc, then api
          20       PATH=/v2/*   api (80%), target group theirs (arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/theirs/1) (20%)
          130      PATH=/gone   fixed response 410
          default               no service
    Targets:
      api            2 healthy, 1 unhealthy
      theirs         1 healthy
      front-default  none"
  `)
})

test('shows a load balancer without ports and security groups', () => {
  const bare = {...inspection, type: 'network' as const, listeners: [], targetGroups: [], securityGroups: []}

  expect(renderLoadBalancerInspection(bare)).toMatchInlineSnapshot(`
    "Load Balancer Name:  front
    Status:              Active
    Type:                Network
    Scheme:              internet-facing
    DNS Name:            front.example.com
    URL:                 none
    Subnets:             subnet-1, subnet-2
    Ports:               none"
  `)
})
