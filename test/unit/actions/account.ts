import type {RegisterTaskDefinitionCommandInput, Service} from '@aws-sdk/client-ecs'
import type {Action, Rule, TargetGroup} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {FakeHandlers} from '../../helpers/fake-aws.js'
import {awsFailure} from '../../helpers/fake-aws.js'

const account = '123456789012'
export const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`
export const targetGroupArn = (name: string) => arn('elasticloadbalancing', `targetgroup/${name}/73e2d6bc24d8a067`)
export const loadBalancerArn = arn('elasticloadbalancing', 'loadbalancer/app/front/50dc6c495c0c9188')
export const listenerArn = (port: number) => arn('elasticloadbalancing', `listener/app/front/50dc6c495c0c9188/${port}`)
export const forward = (name: string): Action => ({Type: 'forward', TargetGroupArn: targetGroupArn(name)})

export interface Listener {
  readonly port: number
  readonly protocol?: 'HTTP' | 'HTTPS' | 'TCP'
  defaultActions: Action[]
  readonly rules: Rule[]
}

/** What is there; the calls below change it as AWS would. */
export interface Account {
  readonly roles: Set<string>
  readonly policies: Set<string>
  readonly inlinePolicies: Map<string, string>
  readonly logGroups: Map<string, {retention?: number | undefined}>
  readonly clusters: Set<string>
  readonly securityGroups: Map<string, {vpc: string; ports: number[]}>
  readonly targetGroups: Map<string, TargetGroup & {managed?: boolean; delay?: string | undefined}>
  readonly revisions: RegisterTaskDefinitionCommandInput[]
  /** Of the load balancer `front`. */
  readonly listeners: Listener[]
  service: Service | undefined
}

export const emptyAccount = (): Account => ({
  roles: new Set(),
  policies: new Set(),
  inlinePolicies: new Map(),
  logGroups: new Map(),
  clusters: new Set(),
  securityGroups: new Map(),
  targetGroups: new Map(),
  revisions: [],
  listeners: [{port: 80, defaultActions: [forward('front-default')], rules: []}],
  service: undefined,
})

/** The calls by which `service create` looks and changes, with AWS's answers for what is absent. */
export function callsOf(world: Account): FakeHandlers {
  return {ecs: ecsOf(world), ec2: ec2Of(world), elbv2: elbv2Of(world), iam: iamOf(world), logs: logsOf(world)}
}

const noEntity = () => awsFailure('NoSuchEntityException', 'cannot be found')

function ecsOf(world: Account): NonNullable<FakeHandlers['ecs']> {
  return {
    DescribeServices: () =>
      world.service === undefined ? {failures: [{reason: 'MISSING'}]} : {services: [world.service]},
    DescribeClusters: () => ({
      clusters: [...world.clusters].map((name) => ({clusterArn: arn('ecs', `cluster/${name}`), clusterName: name})),
    }),
    CreateCluster: ({clusterName = ''} = {}) => {
      world.clusters.add(clusterName)
      return {cluster: {clusterArn: arn('ecs', `cluster/${clusterName}`)}}
    },
    DescribeTaskDefinition: () => {
      const latest = world.revisions.at(-1)
      if (latest === undefined) throw awsFailure('ClientException', 'Unable to describe task definition.')
      const {tags = [], ...taskDefinition} = latest
      return {
        taskDefinition: {
          ...taskDefinition,
          taskDefinitionArn: arn('ecs', `task-definition/service_web:${world.revisions.length}`),
        },
        tags,
      }
    },
    RegisterTaskDefinition: (input) => {
      world.revisions.push(input)
      return {taskDefinition: {taskDefinitionArn: arn('ecs', `task-definition/service_web:${world.revisions.length}`)}}
    },
    CreateService: (input) => {
      world.service = {
        serviceArn: arn('ecs', `service/fargate/${input.serviceName}`),
        serviceName: input.serviceName,
        networkConfiguration: input.networkConfiguration,
        status: 'ACTIVE',
        desiredCount: input.desiredCount,
        taskDefinition: input.taskDefinition,
        loadBalancers: input.loadBalancers,
        tags: input.tags,
        deployments: [
          {id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: input.taskDefinition},
        ],
      }
      return {service: world.service}
    },
    ListTasks: () => ({taskArns: []}),
  }
}

function ec2Of(world: Account): NonNullable<FakeHandlers['ec2']> {
  const subnets = ['a', 'b'].map((zone) => ({
    SubnetId: `subnet-${zone}`,
    VpcId: 'vpc-1',
    AvailabilityZone: `us-east-1${zone}`,
  }))
  return {
    DescribeSubnets: () => ({Subnets: subnets}),
    DescribeSecurityGroups: (input) => {
      const name = input?.Filters?.find((filter) => filter.Name === 'group-name')?.Values?.[0]
      const groups = [...world.securityGroups].filter(([each]) => name === undefined || each === name)
      return {
        SecurityGroups: groups.map(([GroupName, {vpc, ports}]) => ({
          GroupId: 'sg-own',
          GroupName,
          VpcId: vpc,
          IpPermissions: ports.map((port) => ({
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            IpRanges: [{CidrIp: '0.0.0.0/0'}],
            UserIdGroupPairs: [{GroupId: 'sg-front'}],
          })),
        })),
      }
    },
    CreateSecurityGroup: (input) => {
      world.securityGroups.set(input.GroupName ?? '', {vpc: input.VpcId ?? '', ports: []})
      return {GroupId: 'sg-own'}
    },
    AuthorizeSecurityGroupIngress: (input) => {
      for (const group of world.securityGroups.values()) group.ports.push(input?.IpPermissions?.[0]?.FromPort ?? 0)
      return {}
    },
  }
}

function elbv2Of(world: Account): NonNullable<FakeHandlers['elbv2']> {
  const group = (name: string | undefined) => {
    const found = world.targetGroups.get(name ?? '')
    if (found === undefined) throw awsFailure('TargetGroupNotFoundException')
    return found
  }
  const byArn = (groupArn: string | undefined) =>
    group([...world.targetGroups.keys()].find((name) => targetGroupArn(name) === groupArn))
  const listener = (wanted: string | undefined) => world.listeners.find(({port}) => listenerArn(port) === wanted)
  return {
    DescribeLoadBalancers: (input) => {
      if (!input?.Names?.includes('front')) throw awsFailure('LoadBalancerNotFoundException')
      const type = world.listeners.some(({protocol}) => protocol === 'TCP')
        ? ('network' as const)
        : ('application' as const)
      return {
        LoadBalancers: [
          {
            LoadBalancerArn: loadBalancerArn,
            LoadBalancerName: 'front',
            DNSName: 'front.elb.amazonaws.com',
            Type: type,
            VpcId: 'vpc-1',
            AvailabilityZones: [{SubnetId: 'subnet-a'}, {SubnetId: 'subnet-b'}],
            SecurityGroups: type === 'network' ? [] : ['sg-front'],
          },
        ],
      }
    },
    DescribeListeners: () => ({
      Listeners: world.listeners.map(({port, protocol = 'HTTP', defaultActions}) => ({
        ListenerArn: listenerArn(port),
        Port: port,
        Protocol: protocol,
        DefaultActions: defaultActions,
      })),
    }),
    DescribeRules: (input) => ({Rules: listener(input?.ListenerArn)?.rules}),
    CreateRule: ({ListenerArn, Priority, Conditions, Actions}) => {
      listener(ListenerArn)?.rules.push({RuleArn: `rule-${Priority}`, Priority: String(Priority), Conditions, Actions})
      return {}
    },
    ModifyListener: ({ListenerArn, DefaultActions = []}) => {
      const found = listener(ListenerArn)
      if (found !== undefined) found.defaultActions = DefaultActions
      return {}
    },
    DescribeTargetGroups: (input) => ({TargetGroups: [group(input?.Names?.[0])]}),
    CreateTargetGroup: ({Name = '', Tags: _tags, Matcher, ...settings}) => {
      const made = {
        ...settings,
        TargetGroupName: Name,
        TargetGroupArn: targetGroupArn(Name),
        managed: true,
        delay: '300',
      }
      world.targetGroups.set(Name, {...made, ...(Matcher !== undefined && {Matcher})})
      return {TargetGroups: [made]}
    },
    ModifyTargetGroup: ({TargetGroupArn, ...settings}) => {
      Object.assign(byArn(TargetGroupArn), settings)
      return {}
    },
    DescribeTargetGroupAttributes: (input) => ({
      Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: byArn(input.TargetGroupArn).delay}],
    }),
    ModifyTargetGroupAttributes: ({TargetGroupArn, Attributes}) => {
      byArn(TargetGroupArn).delay = Attributes?.[0]?.Value
      return {}
    },
    DescribeTags: ({ResourceArns = []}) => ({
      TagDescriptions: ResourceArns.map((ResourceArn) => ({
        ResourceArn,
        Tags: byArn(ResourceArn).managed ? [{Key: 'fargate:managed', Value: 'true'}] : [],
      })),
    }),
  }
}

function iamOf(world: Account): NonNullable<FakeHandlers['iam']> {
  const role = (RoleName: string) => ({
    RoleName,
    Arn: roleArn(RoleName),
    Path: '/',
    RoleId: 'id',
    CreateDate: new Date(0),
  })
  return {
    GetRole: ({RoleName = ''}) => {
      if (!world.roles.has(RoleName)) throw noEntity()
      return {Role: role(RoleName)}
    },
    ListAttachedRolePolicies: ({RoleName = ''}) => {
      if (!world.roles.has(RoleName)) throw noEntity()
      return {AttachedPolicies: [...world.policies].map((PolicyArn) => ({PolicyArn}))}
    },
    CreateRole: ({RoleName = ''}) => {
      world.roles.add(RoleName)
      return {Role: role(RoleName)}
    },
    AttachRolePolicy: ({PolicyArn = ''}) => {
      world.policies.add(PolicyArn)
      return {}
    },
    CreateServiceLinkedRole: () => {
      world.roles.add('AWSServiceRoleForECS')
      return {}
    },
    GetRolePolicy: ({PolicyName = ''}) => {
      const document = world.inlinePolicies.get(PolicyName)
      if (document === undefined) throw noEntity()
      return {RoleName: 'r', PolicyName, PolicyDocument: encodeURIComponent(document)}
    },
    PutRolePolicy: ({PolicyName = '', PolicyDocument = ''}) => {
      world.inlinePolicies.set(PolicyName, PolicyDocument)
      return {}
    },
  }
}

function logsOf(world: Account): NonNullable<FakeHandlers['logs']> {
  return {
    DescribeLogGroups: () => ({
      logGroups: [...world.logGroups].map(([logGroupName, {retention}]) => ({
        logGroupName,
        logGroupArn: arn('logs', `log-group:${logGroupName}`),
        retentionInDays: retention,
      })),
    }),
    CreateLogGroup: ({logGroupName = ''}) => {
      world.logGroups.set(logGroupName, {})
      return {}
    },
    PutRetentionPolicy: ({logGroupName = '', retentionInDays}) => {
      world.logGroups.set(logGroupName, {retention: retentionInDays})
      return {}
    },
  }
}
