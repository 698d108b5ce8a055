import type {
  ContainerDefinition,
  CreateServiceCommandInput,
  DescribeServicesCommandOutput,
  DescribeTasksCommandOutput,
  RegisterTaskDefinitionCommandInput,
  Service,
  Task,
} from '@aws-sdk/client-ecs'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {VirtualClock} from '../../../../../src/local/clock.js'
import type {
  ImageConfig,
  ImagePull,
  LogsPort,
  NetworkPort,
  RolesPort,
  SecretsResolution,
  TargetGroupsPort,
  TargetGroupView,
  TargetHealth,
} from '../../../../../src/local/ports.js'
import {createSimulatedRuntime} from '../../../../../src/local/runtime/simulated/index.js'
import {createEcs} from '../../../../../src/local/services/ecs/index.js'
import type {TaskRuntime} from '../../../../../src/local/task-runtime.js'
import {callOperation} from '../../../../helpers/call-operation.js'

export const ACCOUNT = '123456789012'
const REGION = 'us-east-1'
export const EXECUTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/ecsTaskExecutionRole`
export const TARGET_GROUP = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/web/0123456789abcdef`

/** A small generator with a fixed seed, so that every id of a test is the same each time. */
function seededRandom(): () => number {
  let state = 42
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

interface SdkCommand<Input, Output> {
  readonly input: Input
  readonly resolveMiddleware: (...parameters: never[]) => (...parameters: never[]) => Promise<{output: Output}>
}

/** A local ECS whose neighbours are tables that a test fills. */
export function createWorld({runtime: given}: {runtime?: TaskRuntime} = {}) {
  const clock = new VirtualClock()
  const images = new Map<string, ImagePull>()
  const roles = new Map([
    [EXECUTION_ROLE, {roleArn: EXECUTION_ROLE, trustedServices: ['ecs-tasks.amazonaws.com'], createdAt: 0}],
  ])
  const serviceLinkedRoles = new Set(['ecs.amazonaws.com'])
  const capacity: {problem?: string | undefined} = {}
  const secrets = new Map<string, string>()
  const logs = fakeLogs()
  const network = fakeNetwork()
  const targets = fakeTargetGroups(clock)
  const runtime = given ?? createSimulatedRuntime({clock})
  const rolesPort: RolesPort = {
    findRole: (_, roleArn) => roles.get(roleArn),
    hasServiceLinkedRole: (_, name) => serviceLinkedRoles.has(name),
  }
  const ecs = createEcs({
    clock,
    network: network.port,
    roles: rolesPort,
    logs: logs.port,
    images: {pull: (_, reference) => images.get(reference) ?? {outcome: 'foreign'}},
    secrets: {resolve: (_, references) => resolveSecrets(secrets, references)},
    targetGroups: targets.port,
    runtime,
    random: seededRandom(),
    findPlacementProblem: () => capacity.problem,
  })

  /** Calls the handler of a command as the wire would, and takes nothing but its input and name from the SDK. */
  async function send<Input extends object, Output>(
    command: SdkCommand<Input, Output>,
    scope = {account: ACCOUNT, region: REGION},
  ): Promise<Output> {
    const name = command.constructor.name.replace(/Command$/, '')
    const request = {...scope, requestId: 'test', accessKeyId: undefined}
    return (await callOperation(ecs.service, name, structuredClone(command.input), request)) as Output
  }

  return {clock, ecs, send, images, secrets, roles, serviceLinkedRoles, capacity, logs, network, targets, runtime}
}

export type World = ReturnType<typeof createWorld>

function resolveSecrets(secrets: ReadonlyMap<string, string>, references: readonly string[]): SecretsResolution {
  const missing = references.find((reference) => !secrets.has(reference))
  if (missing !== undefined) return {outcome: 'failed', reason: `ResourceInitializationError: no ${missing}`}
  return {outcome: 'resolved', values: secrets}
}

function fakeLogs() {
  const groups = new Map<string, {stream: string; message: string}[]>()
  const port: LogsPort = {
    hasGroup: (_, name) => groups.has(name),
    createGroup: (_, name) => void groups.set(name, groups.get(name) ?? []),
    append: (_, name, stream, events) => {
      groups.get(name)?.push(...events.map(({message}) => ({stream, message})))
    },
  }
  return {groups, port}
}

function fakeNetwork() {
  const subnets = new Map([
    ['subnet-a', {subnetId: 'subnet-a', vpcId: 'vpc-1', availabilityZone: 'us-east-1a'}],
    ['subnet-b', {subnetId: 'subnet-b', vpcId: 'vpc-1', availabilityZone: 'us-east-1b'}],
    ['subnet-other', {subnetId: 'subnet-other', vpcId: 'vpc-2', availabilityZone: 'us-east-1a'}],
  ])
  const groups = new Map([
    ['sg-1', {groupId: 'sg-1', vpcId: 'vpc-1'}],
    ['sg-other', {groupId: 'sg-other', vpcId: 'vpc-2'}],
  ])
  const interfaces = new Map<string, {readonly subnetId: string; readonly securityGroupIds: readonly string[]}>()
  let count = 0
  const port: NetworkPort = {
    findSubnet: (_, id) => subnets.get(id),
    findSecurityGroup: (_, id) => groups.get(id),
    defaultSecurityGroup: () => 'sg-default',
    createInterface: (_, {subnetId, securityGroupIds, assignPublicIp}) => {
      count++
      const networkInterfaceId = `eni-${count}`
      interfaces.set(networkInterfaceId, {subnetId, securityGroupIds})
      return {
        networkInterfaceId,
        macAddress: '0a:00:00:00:00:01',
        privateIpAddress: `10.0.0.${count}`,
        privateDnsName: `ip-10-0-0-${count}.ec2.internal`,
        ...(assignPublicIp ? {publicIpAddress: `203.0.113.${count}`} : {}),
        subnetId,
        vpcId: 'vpc-1',
      }
    },
    deleteInterface: (_, id) => {
      interfaces.delete(id)
    },
  }
  return {port, interfaces, subnets}
}

const HEALTHY: TargetHealth = {state: 'healthy'}
const INITIAL: TargetHealth = {state: 'initial', reason: 'Elb.InitialHealthChecking'}

/** Targets become healthy 20 s after they are registered, unless the test decides otherwise. */
function fakeTargetGroups(clock: VirtualClock) {
  const groups = new Map<string, TargetGroupView>()
  const registered = new Map<string, number>()
  const log: string[] = []
  const decide: {health?: (ip: string) => TargetHealth | undefined} = {}
  const key = (arn: string, {ip, port}: {ip: string; port: number}) => `${arn} ${ip}:${port}`
  const port: TargetGroupsPort = {
    find: (_, arn) => groups.get(arn),
    register: (_, arn, target) => {
      registered.set(key(arn, target), clock.now())
      log.push(`register ${target.ip}:${target.port}`)
    },
    deregister: (_, arn, target) => {
      registered.delete(key(arn, target))
      log.push(`deregister ${target.ip}:${target.port}`)
    },
    health: (_, arn, target) => {
      const at = registered.get(key(arn, target))
      if (at === undefined) return {state: 'absent'}
      return decide.health?.(target.ip) ?? (clock.now() - at >= 20_000 ? HEALTHY : INITIAL)
    },
  }
  const add = (overrides: Partial<TargetGroupView> = {}): TargetGroupView => {
    const group: TargetGroupView = {
      targetGroupArn: TARGET_GROUP,
      targetType: 'ip',
      protocol: 'HTTP',
      port: 80,
      vpcId: 'vpc-1',
      loadBalancerArns: ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/lb/1'],
      deregistrationDelaySeconds: 30,
      ...overrides,
    }
    groups.set(group.targetGroupArn, group)
    return group
  }
  return {port, groups, registered, log, decide, add}
}

/** An image in the local registry with these labels. */
export function image(labels: Record<string, string> = {}, config: Partial<ImageConfig> = {}): ImagePull {
  return {
    outcome: 'pulled',
    digest: `sha256:${'0'.repeat(64)}`,
    config: {entrypoint: [], cmd: [], env: [], labels, ...config},
  }
}

export const container = (overrides: Partial<ContainerDefinition> = {}): ContainerDefinition => ({
  name: 'web',
  image: 'registry.example/web:1',
  portMappings: [{containerPort: 80}],
  ...overrides,
})

export const definition = (
  overrides: Partial<RegisterTaskDefinitionCommandInput> = {},
): RegisterTaskDefinitionCommandInput => ({
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [container()],
  ...overrides,
})

export const network = {awsvpcConfiguration: {subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-1']}}

export const serviceRequest = (overrides: Partial<CreateServiceCommandInput> = {}): CreateServiceCommandInput => ({
  cluster: 'fargate',
  serviceName: 'web',
  taskDefinition: 'web',
  desiredCount: 2,
  launchType: 'FARGATE',
  networkConfiguration: network,
  ...overrides,
})

export const withTargetGroup = {
  loadBalancers: [{targetGroupArn: TARGET_GROUP, containerName: 'web', containerPort: 80}],
}

/** A cluster `fargate` and the first revision of the task definition `web`. */
export async function prepare(
  world: World,
  overrides: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<void> {
  await world.send(new CreateClusterCommand({clusterName: 'fargate'}))
  await world.send(new RegisterTaskDefinitionCommand(definition(overrides)))
}

/** A service that has reached its steady state. */
export async function steadyService(
  world: World,
  overrides: Partial<CreateServiceCommandInput> = {},
): Promise<Service> {
  await prepare(world)
  await world.send(new CreateServiceCommand(serviceRequest(overrides)))
  await world.clock.advance(120_000)
  return describeService(world)
}

export async function describeService(world: World, name = 'web'): Promise<Service> {
  const answer: DescribeServicesCommandOutput = await world.send(
    new DescribeServicesCommand({cluster: 'fargate', services: [name]}),
  )
  const [service] = answer.services ?? []
  if (service === undefined) throw new Error(`no service ${name}`)
  return service
}

/** All tasks of the cluster that are described, whatever they are to do. */
export async function describeTasks(world: World): Promise<Task[]> {
  const running = await world.send(new ListTasksCommand({cluster: 'fargate'}))
  const stopped = await world.send(new ListTasksCommand({cluster: 'fargate', desiredStatus: 'STOPPED'}))
  const tasks = [...(running.taskArns ?? []), ...(stopped.taskArns ?? [])]
  if (tasks.length === 0) return []
  const answer: DescribeTasksCommandOutput = await world.send(new DescribeTasksCommand({cluster: 'fargate', tasks}))
  return answer.tasks ?? []
}

/** The events of a service, oldest first, with ids shortened to letters in their order. */
export async function eventsOf(world: World, name = 'web'): Promise<string[]> {
  const {events = []} = await describeService(world, name)
  const messages = events.map(({message = ''}) => message).reverse()
  const names = new Map<string, string>()
  const letter = (id: string): string => {
    const found = names.get(id) ?? String.fromCharCode(65 + names.size)
    names.set(id, found)
    return found
  }
  return messages.map((message) =>
    message
      .replace(/task [0-9a-f]{32}/g, (id) => `task ${letter(id)}`)
      .replace(/ecs-svc\/\d{19}/g, (id) => `ecs-svc/${letter(id)}`),
  )
}
