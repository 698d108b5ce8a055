import type {LogGroup} from '@aws-sdk/client-cloudwatch-logs'
import type {SecurityGroup} from '@aws-sdk/client-ec2'
import type {Repository} from '@aws-sdk/client-ecr'
import type {Cluster, Service, Tag, TaskDefinition} from '@aws-sdk/client-ecs'
import type {Listener, LoadBalancer, Rule, TargetGroup} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {AwsSdk} from './aws-sdk.js'

type Tags = Readonly<Record<string, string>>
type Tagged<Thing> = Thing & {readonly tags: Tags}

/** All that an account holds of what the program makes, changes or deletes. */
export interface AwsState {
  readonly clusters: readonly Tagged<Omit<Cluster, 'tags'>>[]
  readonly services: readonly Tagged<Omit<Service, 'tags'>>[]
  /** Tasks that are not asked to stop. */
  readonly tasks: readonly string[]
  /** ACTIVE and INACTIVE revisions. */
  readonly taskDefinitions: readonly Tagged<TaskDefinition>[]
  readonly logGroups: readonly Tagged<LogGroup>[]
  readonly repositories: readonly Tagged<Repository>[]
  readonly roles: readonly RoleState[]
  readonly securityGroups: readonly Tagged<Omit<SecurityGroup, 'Tags'>>[]
  readonly loadBalancers: readonly Tagged<LoadBalancer>[]
  readonly listeners: readonly Tagged<Listener>[]
  /** Without the default rules, which are those of the listeners. */
  readonly rules: readonly Tagged<Rule & {readonly listenerArn: string}>[]
  readonly targetGroups: readonly Tagged<TargetGroup & {readonly attributes: Tags}>[]
}

export interface RoleState {
  readonly name: string
  readonly arn: string
  readonly trust: string
  readonly attached: readonly string[]
  readonly inline: Readonly<Record<string, string>>
  readonly tags: Tags
}

/** Reads everything with the SDK alone. */
export async function readAwsState(sdk: AwsSdk): Promise<AwsState> {
  const [ecs, logGroups, repositories, roles, securityGroups, balancing] = await Promise.all([
    ecsState(sdk),
    logGroupState(sdk),
    repositoryState(sdk),
    roleState(sdk),
    securityGroupState(sdk),
    balancingState(sdk),
  ])
  return {...ecs, logGroups, repositories, roles, securityGroups, ...balancing}
}

/**
 * What has to stay as it is where nothing is changed: everything but times, events and counts, which move on their own.
 */
export function stableState(state: AwsState): unknown {
  const moving = new Set([
    'events',
    'runningCount',
    'pendingCount',
    'runningTasksCount',
    'pendingTasksCount',
    'updatedAt',
  ])
  return JSON.parse(JSON.stringify(state, (name, value: unknown) => (moving.has(name) ? undefined : value)))
}

/** How many of each kind there are. */
export const countsOf = (state: AwsState): Record<string, number> =>
  Object.fromEntries(Object.entries(state).map(([kind, things]: [string, readonly unknown[]]) => [kind, things.length]))

async function ecsState({ecs}: AwsSdk): Promise<Pick<AwsState, 'clusters' | 'services' | 'tasks' | 'taskDefinitions'>> {
  const {clusterArns = []} = await ecs.listClusters({})
  const described = await ecs.describeClusters({clusters: clusterArns, include: ['TAGS']})
  const inClusters = await Promise.all(
    clusterArns.toSorted().map(async (cluster) => {
      const {serviceArns: services = []} = await ecs.listServices({cluster, maxResults: 100})
      const [found, {taskArns = []}] = await Promise.all([
        services.length === 0 ? {services: []} : ecs.describeServices({cluster, services, include: ['TAGS']}),
        ecs.listTasks({cluster, desiredStatus: 'RUNNING'}),
      ])
      return {services: found.services ?? [], tasks: taskArns}
    }),
  )
  const statuses = ['ACTIVE', 'INACTIVE'] as const
  const lists = await Promise.all(statuses.map((status) => ecs.listTaskDefinitions({status})))
  const revisions = lists.flatMap(({taskDefinitionArns = []}) => taskDefinitionArns).toSorted()
  const taskDefinitions = await Promise.all(
    revisions.map(async (taskDefinition) => {
      const found = await ecs.describeTaskDefinition({taskDefinition, include: ['TAGS']})
      return {...(found.taskDefinition ?? {}), tags: lowerTags(found.tags)}
    }),
  )
  return {
    clusters: sorted(described.clusters ?? [], 'clusterName').map((each) => ({...each, tags: lowerTags(each.tags)})),
    services: inClusters
      .flatMap(({services}) => sorted(services, 'serviceName'))
      .map((each) => ({...each, tags: lowerTags(each.tags)})),
    tasks: inClusters.flatMap(({tasks}) => tasks).toSorted(),
    taskDefinitions,
  }
}

async function logGroupState({logs}: AwsSdk): Promise<AwsState['logGroups']> {
  const {logGroups = []} = await logs.describeLogGroups({})
  return Promise.all(
    logGroups.map(async ({storedBytes: _, ...group}) => {
      const {tags = {}} = await logs.listTagsForResource({resourceArn: group.logGroupArn})
      return {...group, tags}
    }),
  )
}

async function repositoryState({ecr}: AwsSdk): Promise<AwsState['repositories']> {
  const {repositories = []} = await ecr.describeRepositories({})
  return Promise.all(
    sorted(repositories, 'repositoryName').map(async (repository) => {
      const {tags} = await ecr.listTagsForResource({resourceArn: repository.repositoryArn})
      return {...repository, tags: upperTags(tags)}
    }),
  )
}

async function roleState({iam}: AwsSdk): Promise<RoleState[]> {
  const {Roles = []} = await iam.listRoles({})
  return Promise.all(
    sorted(Roles, 'RoleName').map(async ({RoleName, Arn = '', AssumeRolePolicyDocument = ''}) => {
      const [{AttachedPolicies = []}, {PolicyNames = []}, {Tags}] = await Promise.all([
        iam.listAttachedRolePolicies({RoleName}),
        iam.listRolePolicies({RoleName}),
        iam.listRoleTags({RoleName}),
      ])
      const inline = await Promise.all(
        PolicyNames.map(async (PolicyName) => {
          const {PolicyDocument = ''} = await iam.getRolePolicy({RoleName, PolicyName})
          return [PolicyName, decodeURIComponent(PolicyDocument)] as const
        }),
      )
      return {
        name: RoleName ?? '',
        arn: Arn,
        trust: decodeURIComponent(AssumeRolePolicyDocument),
        attached: AttachedPolicies.map(({PolicyArn = ''}) => PolicyArn),
        inline: Object.fromEntries(inline),
        tags: upperTags(Tags),
      }
    }),
  )
}

async function securityGroupState({ec2}: AwsSdk): Promise<AwsState['securityGroups']> {
  const {SecurityGroups = []} = await ec2.describeSecurityGroups({})
  return sorted(SecurityGroups, 'GroupName').map(({Tags, ...group}) => ({...group, tags: upperTags(Tags)}))
}

type Balancing = Pick<AwsState, 'loadBalancers' | 'listeners' | 'rules' | 'targetGroups'>

async function balancingState({elbv2}: AwsSdk): Promise<Balancing> {
  const [{LoadBalancers = []}, {TargetGroups = []}] = await Promise.all([
    elbv2.describeLoadBalancers({}),
    elbv2.describeTargetGroups({}),
  ])
  const listenerLists = await Promise.all(
    LoadBalancers.map(({LoadBalancerArn}) => elbv2.describeListeners({LoadBalancerArn})),
  )
  const Listeners = listenerLists.flatMap((each) => each.Listeners ?? [])
  const rules = await Promise.all(
    Listeners.map(async ({ListenerArn = ''}) => {
      const {Rules = []} = await elbv2.describeRules({ListenerArn})
      return Rules.filter(({IsDefault}) => IsDefault !== true).map((rule) => ({...rule, listenerArn: ListenerArn}))
    }),
  )
  const attributes = await Promise.all(
    TargetGroups.map(({TargetGroupArn}) => elbv2.describeTargetGroupAttributes({TargetGroupArn})),
  )
  const groups = TargetGroups.map((group, index) => {
    const pairs = (attributes[index]?.Attributes ?? []).map(({Key = '', Value = ''}) => [Key, Value])
    return {...group, attributes: Object.fromEntries(pairs) as Tags}
  })
  const flatRules = rules.flat()
  const arns = [
    ...LoadBalancers.map(({LoadBalancerArn}) => LoadBalancerArn ?? ''),
    ...Listeners.map(({ListenerArn}) => ListenerArn ?? ''),
    ...flatRules.map(({RuleArn}) => RuleArn ?? ''),
    ...TargetGroups.map(({TargetGroupArn}) => TargetGroupArn ?? ''),
  ]
  const tags = await balancingTags(elbv2, arns)
  const tagged = <Thing extends object>(things: readonly Thing[], arn: keyof Thing) =>
    things.map((thing) => ({...thing, tags: tags.get(String(thing[arn])) ?? {}}))
  return {
    loadBalancers: tagged(sorted(LoadBalancers, 'LoadBalancerName'), 'LoadBalancerArn'),
    listeners: tagged(sorted(Listeners, 'ListenerArn'), 'ListenerArn'),
    rules: tagged(sorted(flatRules, 'RuleArn'), 'RuleArn'),
    targetGroups: tagged(sorted(groups, 'TargetGroupName'), 'TargetGroupArn'),
  }
}

/** DescribeTags takes 20 at a time. */
async function balancingTags(elbv2: AwsSdk['elbv2'], arns: readonly string[]): Promise<Map<string, Tags>> {
  const batches = Array.from({length: Math.ceil(arns.length / 20)}, (_, index) =>
    arns.slice(index * 20, index * 20 + 20),
  )
  const answers = await Promise.all(batches.map((ResourceArns) => elbv2.describeTags({ResourceArns})))
  const descriptions = answers.flatMap(({TagDescriptions = []}) => TagDescriptions)
  return new Map(descriptions.map(({ResourceArn = '', Tags}) => [ResourceArn, upperTags(Tags)]))
}

const lowerTags = (tags: readonly Tag[] = []): Tags =>
  Object.fromEntries(tags.map(({key = '', value = ''}) => [key, value]))

const upperTags = (tags: readonly {Key?: string | undefined; Value?: string | undefined}[] = []): Tags =>
  Object.fromEntries(tags.map(({Key = '', Value = ''}) => [Key, Value]))

const sorted = <Thing>(things: readonly Thing[], by: keyof Thing): Thing[] =>
  things.toSorted((one, other) => (String(one[by]) < String(other[by]) ? -1 : 1))
