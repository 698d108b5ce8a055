import {expect, test} from 'vitest'
import {inspectService} from '../../../../../src/actions/service/inspect/inspect-service.js'
import {
  forwardTo,
  listenerArn,
  loadBalancerArn,
  networkAttachment,
  sdkLoadBalancer,
  sdkService,
  sdkTargetGroup,
  sdkTask,
  sdkTaskDefinition,
  serviceArn,
  targetGroupArn,
  taskArn,
  taskDefinitionArn,
} from '../../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../../helpers/aws-table.js'

const options = {cluster: 'fargate', name: 'web'}
const listenerUrl = async ({dnsName, port}: {dnsName: string; port: number}) => `http://${dnsName}:${port}`

const web = sdkService('web', {
  loadBalancers: [{targetGroupArn: targetGroupArn('web'), containerName: 'web', containerPort: 80}],
  networkConfiguration: {
    awsvpcConfiguration: {subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'ENABLED'},
  },
})

/** A service behind a load balancer with two listeners: one leads to it, one does not. */
function account({ecs = {}, elbv2 = {}}: Pick<AwsTable, 'ecs' | 'elbv2'> = {}) {
  return awsTable({
    ecs: {
      DescribeServices: () => ({services: [web]}),
      ListTasks: () => ({taskArns: [taskArn('a')]}),
      DescribeTasks: () => ({tasks: [sdkTask('a', {attachments: [networkAttachment('eni-a', '10.0.0.1')]})]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition),
      ...ecs,
    },
    ec2: {DescribeNetworkInterfaces: () => ({NetworkInterfaces: []})},
    elbv2: {
      DescribeTargetGroups: () => ({TargetGroups: [sdkTargetGroup('web', ['front'])]}),
      DescribeTargetHealth: () => ({
        TargetHealthDescriptions: [{TargetHealth: {State: 'healthy'}}, {TargetHealth: {State: 'draining'}}],
      }),
      DescribeLoadBalancers: () => ({LoadBalancers: [sdkLoadBalancer('front')]}),
      DescribeListeners: () => ({
        Listeners: [
          {ListenerArn: listenerArn('front', 443), Protocol: 'HTTPS', Port: 443, DefaultActions: [forwardTo('web')]},
          {ListenerArn: listenerArn('front', 80), Protocol: 'HTTP', Port: 80, DefaultActions: [{Type: 'redirect'}]},
        ],
      }),
      DescribeRules: ({ListenerArn}) => ({
        Rules:
          ListenerArn === listenerArn('front', 443)
            ? [
                pathRule('20', '/v2/*', [{Type: 'authenticate-oidc'}, forwardTo('web', 'canary')]),
                pathRule('10', '/api/*', [forwardTo('api')]),
                {RuleArn: 'default', Priority: 'default', IsDefault: true, Actions: [forwardTo('web')]},
              ]
            : [],
      }),
      DescribeListenerCertificates: () => ({
        Certificates: [
          {CertificateArn: 'arn:second', IsDefault: false},
          {CertificateArn: 'arn:first', IsDefault: true},
        ],
      }),
      ...elbv2,
    },
  })
}

const pathRule = (priority: string, path: string, actions: object[]) => ({
  RuleArn: `rule-${priority}`,
  Priority: priority,
  IsDefault: false,
  Conditions: [{Field: 'path-pattern', PathPatternConfig: {Values: [path]}}],
  Actions: actions as never,
})

test('shows which listeners and rules lead to the service, in every form of action', async () => {
  const {aws} = account()

  const {traffic} = await inspectService({aws, listenerUrl}, options)

  expect(traffic).toMatchObject([
    {
      targetGroup: {name: 'web', exists: true},
      container: 'web',
      containerPort: 80,
      targets: {healthy: 1, draining: 1},
      loadBalancers: [
        {
          name: 'front',
          listeners: [
            {
              protocol: 'HTTPS',
              port: 443,
              url: 'http://front-1.us-east-1.elb.amazonaws.com:443',
              certificates: ['arn:first', 'arn:second'],
              rules: [{priority: 20, conditions: [{field: 'path-pattern', values: ['/v2/*']}]}],
              isDefault: true,
            },
          ],
        },
      ],
    },
  ])
  expect(traffic[0]?.loadBalancers[0]?.listeners).toHaveLength(1)
})

test('has at most four calls wait for each other', async () => {
  const {aws, waves} = account()

  await inspectService({aws, listenerUrl}, options)

  expect(waves).toEqual([
    ['DescribeServices', 'ListTasks'],
    ['DescribeTargetGroups', 'DescribeTargetHealth', 'DescribeTaskDefinition', 'DescribeTasks'],
    ['DescribeListeners', 'DescribeLoadBalancers', 'DescribeNetworkInterfaces'],
    ['DescribeListenerCertificates', 'DescribeRules', 'DescribeRules'],
  ])
})

test('shows the service of a deleted target group, and says which one is gone', async () => {
  const gone = () => {
    throw new AwsFailure('TargetGroupNotFoundException')
  }
  const {aws} = account({elbv2: {DescribeTargetGroups: gone, DescribeTargetHealth: gone}})

  const {traffic, tasks} = await inspectService({aws, listenerUrl}, options)

  expect(traffic).toMatchObject([{targetGroup: {name: 'web', exists: false}, targets: {}, loadBalancers: []}])
  expect(tasks).toHaveLength(1)
})

test('asks no rules of a network load balancer', async () => {
  const {aws, inputs} = account({
    elbv2: {
      DescribeLoadBalancers: () => ({LoadBalancers: [sdkLoadBalancer('front', {Type: 'network'})]}),
      DescribeListeners: () => ({
        Listeners: [
          {ListenerArn: listenerArn('front', 443), Protocol: 'TCP', Port: 443, DefaultActions: [forwardTo('web')]},
        ],
      }),
    },
  })

  const {traffic} = await inspectService({aws, listenerUrl}, options)

  expect(traffic[0]?.loadBalancers[0]?.listeners).toMatchObject([{protocol: 'TCP', rules: [], isDefault: true}])
  expect([...inputs('DescribeRules'), ...inputs('DescribeListenerCertificates')]).toEqual([])
})

test('asks for a load balancer once though two target groups are behind it', async () => {
  const groups = ['web', 'admin']
  const {aws, inputs} = account({
    ecs: {
      DescribeServices: () => ({
        services: [
          {...web, loadBalancers: groups.map((name) => ({targetGroupArn: targetGroupArn(name), containerName: 'web'}))},
        ],
      }),
    },
    elbv2: {DescribeTargetGroups: () => ({TargetGroups: groups.map((name) => sdkTargetGroup(name, ['front']))})},
  })

  const {traffic} = await inspectService({aws, listenerUrl}, options)

  expect(traffic.map(({targetGroup}) => targetGroup.name)).toEqual(groups)
  expect(inputs('DescribeLoadBalancers')).toEqual([{LoadBalancerArns: [loadBalancerArn('front')]}])
})

test('describes each revision once, and names the image of every deployment', async () => {
  const revision = (number: number) => taskDefinitionArn(`service_web:${number}`)
  const deployments = [
    {id: 'ecs-svc/1', status: 'ACTIVE', taskDefinition: revision(1)},
    {id: 'ecs-svc/2', status: 'PRIMARY', taskDefinition: revision(2), rolloutState: 'IN_PROGRESS' as const},
  ]
  const {aws, inputs} = account({
    ecs: {
      DescribeServices: () => ({services: [{...web, taskDefinition: revision(2), deployments}]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) =>
        sdkTaskDefinition(taskDefinition, {}, {image: `web:v${taskDefinition.at(-1)}`}),
    },
  })

  const inspection = await inspectService({aws, listenerUrl}, options)

  expect(inspection.deployments.map(({id, revision: number, image}) => [id, number, image])).toEqual([
    ['ecs-svc/2', '2', 'web:v2'],
    ['ecs-svc/1', '1', 'web:v1'],
  ])
  expect(inputs('DescribeTaskDefinition')).toHaveLength(2)
})

test('shows variables in clear, secrets by reference, and sidecars apart', async () => {
  const containerDefinitions = [
    {name: 'proxy', image: 'envoy:v1', essential: true, environment: [{name: 'NOT', value: 'ours'}]},
    {
      name: 'web',
      image: 'web:v1',
      environment: [{name: 'Port', value: '80'}],
      secrets: [{name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/db'}],
    },
  ]
  const {aws} = account({
    ecs: {
      DescribeTaskDefinition: ({taskDefinition = ''}) =>
        sdkTaskDefinition(taskDefinition, {
          containerDefinitions,
          taskRoleArn: 'arn:role',
          runtimePlatform: {cpuArchitecture: 'ARM64'},
        }),
    },
  })

  const {definition} = await inspectService({aws, listenerUrl}, options)

  expect(definition).toMatchObject({
    container: 'web',
    image: 'web:v1',
    architecture: 'ARM64',
    taskRole: 'arn:role',
    environment: {Port: '80'},
    secrets: {DB_PASSWORD: 'arn:aws:ssm:us-east-1:123456789012:parameter/db'},
    sidecars: [{name: 'proxy', image: 'envoy:v1', essential: true}],
  })
})

test('shows a service whose network configuration and load balancer are absent', async () => {
  const {aws} = account({ecs: {DescribeServices: () => ({services: [sdkService('web')]})}})

  const inspection = await inspectService({aws, listenerUrl}, options)

  expect(inspection).toMatchObject({subnets: [], securityGroups: [], assignPublicIp: false, traffic: []})
})

test('shows a service that is being deleted', async () => {
  const {aws} = account({ecs: {DescribeServices: () => ({services: [{...web, status: 'DRAINING'}]})}})

  expect((await inspectService({aws, listenerUrl}, options)).status).toBe('DRAINING')
})

test('names similar services for an unknown one', async () => {
  const {aws} = account({
    ecs: {DescribeServices: () => ({services: []}), ListServices: () => ({serviceArns: [serviceArn('web')]})},
  })

  await expect(inspectService({aws, listenerUrl}, {...options, name: 'weeb'})).rejects.toMatchObject({
    code: 'SERVICE_NOT_FOUND',
    exitCode: 5,
    message: 'service weeb does not exist in cluster fargate; did you mean web?',
  })
})
