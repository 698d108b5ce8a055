import type {Service} from '@aws-sdk/client-ecs'
import type {Action, Rule} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {DestroyServiceOptions} from '../../../../../src/actions/service/destroy/destroy-service.js'
import {destroyService} from '../../../../../src/actions/service/destroy/destroy-service.js'
import type {FakeHandlers} from '../../../../helpers/fake-aws.js'
import {awsFailure, fails} from '../../../../helpers/fake-aws.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import {arn, forward, listenerArn, loadBalancerArn, targetGroupArn} from '../../account.js'

const managed = [
  {key: 'fargate:managed', value: 'true'},
  {key: 'fargate:service', value: 'web'},
]
const secretTags = {...Object.fromEntries(managed.map(({key, value}) => [key, value])), 'fargate:cluster': 'fargate'}
const upper = managed.map(({key, value}) => ({Key: key, Value: value}))
const secretArn = arn('secretsmanager', 'secret:fargate/web/KEY-AbCdEf')
export const gone = fails('TargetGroupNotFoundException')
export const own = forward('fargate-web')
export const rule = (RuleArn: string, ...Actions: Action[]): Rule => ({RuleArn, Priority: '10', Actions})

interface Situation {
  readonly service?: Service
  readonly rules?: Rule[]
  readonly defaultActions?: Action[]
  readonly otherClusters?: readonly string[]
  readonly handlers?: FakeHandlers
  readonly answers?: readonly boolean[]
}

export const webService: Service = {
  serviceArn: arn('ecs', 'service/fargate/web'),
  serviceName: 'web',
  clusterArn: arn('ecs', 'cluster/fargate'),
  status: 'ACTIVE',
  desiredCount: 0,
  runningCount: 0,
  taskDefinition: arn('ecs', 'task-definition/service_web:2'),
  loadBalancers: [{targetGroupArn: targetGroupArn('fargate-web'), containerName: 'web', containerPort: 80}],
  tags: managed,
}

/** A service `web` with all that belongs to it; it is INACTIVE ten seconds after DeleteService. */
function world(situation: Situation = {}) {
  const {
    rules = [rule('own', own)],
    defaultActions = [forward('front-default')],
    otherClusters = [],
    handlers,
  } = situation
  let service: Service | undefined = situation.service ?? webService
  const context = fakeContext(
    {
      ecs: {
        DescribeServices: ({cluster} = {services: []}) => {
          if (otherClusters.includes(cluster ?? '')) return {services: [{serviceName: 'web', status: 'ACTIVE'}]}
          return {services: service !== undefined && cluster === 'fargate' ? [service] : []}
        },
        ListClusters: () => ({
          clusterArns: ['fargate', 'empty', ...otherClusters].map((name) => arn('ecs', `cluster/${name}`)),
        }),
        UpdateService: ({desiredCount}) => ({service: {...service, desiredCount}}),
        DeleteService: () => {
          service = {...service, status: 'DRAINING'}
          context.clock.at(context.clock.elapsed() + 10_000, () => {
            service = {...service, status: 'INACTIVE'}
          })
          return {service}
        },
        ListTasks: () => ({taskArns: []}),
        ListTaskDefinitions: () => ({
          taskDefinitionArns: [1, 2].map((each) => arn('ecs', `task-definition/service_web:${each}`)),
        }),
        DeregisterTaskDefinition: () => ({}),
        DeleteTaskDefinitions: () => ({}),
        ...handlers?.ecs,
      },
      elbv2: {
        DescribeTargetGroups: (input) => {
          const wanted = input?.TargetGroupArns?.[0] ?? targetGroupArn(input?.Names?.[0] ?? '')
          if (wanted !== targetGroupArn('fargate-web') && wanted !== targetGroupArn('front-default'))
            throw awsFailure('TargetGroupNotFoundException')
          return {
            TargetGroups: [
              {TargetGroupArn: wanted, TargetGroupName: wanted.split('/')[1], LoadBalancerArns: [loadBalancerArn]},
            ],
          }
        },
        DescribeLoadBalancers: () => ({
          LoadBalancers: [{LoadBalancerArn: loadBalancerArn, LoadBalancerName: 'front', VpcId: 'vpc-1'}],
        }),
        DescribeListeners: () => ({
          Listeners: [{ListenerArn: listenerArn(80), Port: 80, Protocol: 'HTTP', DefaultActions: defaultActions}],
        }),
        DescribeRules: () => ({
          Rules: [...rules, {RuleArn: 'default', Priority: 'default', IsDefault: true, Actions: defaultActions}],
        }),
        DeleteRule: () => ({}),
        ModifyListener: () => ({}),
        DeleteTargetGroup: () => ({}),
        ...handlers?.elbv2,
      },
      ec2: {
        DescribeSecurityGroups: () => ({SecurityGroups: [{GroupId: 'sg-own', Tags: upper}]}),
        DeleteSecurityGroup: () => ({}),
        ...handlers?.ec2,
      },
      iam: {
        GetRolePolicy: () => ({RoleName: 'r', PolicyName: 'p', PolicyDocument: '%7B%7D'}),
        DeleteRolePolicy: () => ({}),
        ...handlers?.iam,
      },
      logs: {
        DescribeLogGroups: () => ({logGroups: [{logGroupName: '/fargate/service/web', logGroupArn: 'arn:logs'}]}),
        ListTagsForResource: () => ({tags: {'fargate:managed': 'true'}}),
        DeleteLogGroup: () => ({}),
        ...handlers?.logs,
      },
      ecr: {
        DescribeRepositories: () => ({repositories: [{repositoryArn: 'arn:repository', repositoryUri: 'r/web'}]}),
        ListTagsForResource: () => ({tags: upper}),
        DeleteRepository: () => ({}),
        ...handlers?.ecr,
      },
      secretsmanager: {
        ListSecrets: () => ({
          SecretList: [{ARN: secretArn, Tags: Object.entries(secretTags).map(([Key, Value]) => ({Key, Value}))}],
        }),
        DeleteSecret: () => ({}),
        ...handlers?.secretsmanager,
      },
      ssm: {
        DescribeParameters: () => ({Parameters: [{Name: '/fargate/web/TOKEN'}]}),
        DeleteParameter: () => ({}),
        ...handlers?.ssm,
      },
    },
    situation.answers === undefined ? {} : {answers: situation.answers},
  )
  return context
}

const options = (overrides: Partial<DestroyServiceOptions> = {}): DestroyServiceOptions => ({
  cluster: 'fargate',
  name: 'web',
  force: false,
  keepLogs: false,
  keepImages: false,
  keepSecrets: false,
  yes: true,
  timeoutMs: 600_000,
  dryRun: false,
  ...overrides,
})

export async function destroyed(situation: Situation = {}, overrides: Partial<DestroyServiceOptions> = {}) {
  const context = world(situation)
  const outcome: unknown = await destroyService(context, options(overrides)).catch((error: unknown) => error)
  return {context, outcome, changes: context.aws.log.changes()}
}

export const all = [
  'ec2:DeleteSecurityGroup',
  'ecr:DeleteRepository',
  'ecs:DeleteService',
  'ecs:DeleteTaskDefinitions',
  'ecs:DeregisterTaskDefinition',
  'ecs:DeregisterTaskDefinition',
  'elbv2:DeleteRule',
  'elbv2:DeleteTargetGroup',
  'iam:DeleteRolePolicy',
  'logs:DeleteLogGroup',
  'secretsmanager:DeleteSecret',
  'ssm:DeleteParameter',
]
