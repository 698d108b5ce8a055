import {CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {DescribeNetworkInterfacesCommand, DescribeSubnetsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {CreateRoleCommand, CreateServiceLinkedRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {seedExamples} from '../../../../src/local/server/example-images.js'
import type {World} from './world.js'
import {ACCOUNT, HOST} from './world.js'

const cluster = 'fargate'
const logGroup = '/fargate/web'

/** Registers a revision of the task definition that runs an example image. */
async function register(world: World, tag: 'v1' | 'v2' | 'crash'): Promise<void> {
  await world.client(ECSClient).send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/execution`,
      containerDefinitions: [
        {
          name: 'web',
          image: `${HOST}/${ACCOUNT}/us-east-1/fargate-examples:${tag}`,
          portMappings: [{containerPort: 80}],
          healthCheck: {command: ['CMD', '/web', '--check'], interval: 5, retries: 2},
          logConfiguration: {
            logDriver: 'awslogs',
            options: {'awslogs-group': logGroup, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'fargate'},
          },
        },
      ],
    }),
  )
}

/** A service of two tasks behind a load balancer, just created. */
export async function createService(world: World): Promise<void> {
  await seedExamples(world.aws.registry)
  const trust = {
    Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  }
  const iam = world.client(IAMClient)
  await iam.send(new CreateRoleCommand({RoleName: 'execution', AssumeRolePolicyDocument: JSON.stringify(trust)}))
  await iam.send(new CreateServiceLinkedRoleCommand({AWSServiceName: 'ecs.amazonaws.com'}))
  await world.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({logGroupName: logGroup}))
  const {Subnets = []} = await world.client(EC2Client).send(new DescribeSubnetsCommand({}))
  const subnets = Subnets.slice(0, 2).flatMap(({SubnetId}) => SubnetId ?? [])
  const targetGroupArn = await createTargetGroup(world, subnets, Subnets[0]?.VpcId)
  await world.clock.advance(10_000)
  const ecs = world.client(ECSClient)
  await ecs.send(new CreateClusterCommand({clusterName: cluster}))
  await register(world, 'v1')
  await ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {awsvpcConfiguration: {subnets, assignPublicIp: 'ENABLED'}},
      loadBalancers: [{targetGroupArn, containerName: 'web', containerPort: 80}],
      deploymentConfiguration: {deploymentCircuitBreaker: {enable: true, rollback: true}},
    }),
  )
}

async function createTargetGroup(world: World, subnets: string[], VpcId: string | undefined): Promise<string> {
  const elb = world.client(ElasticLoadBalancingV2Client)
  const {LoadBalancers} = await elb.send(new CreateLoadBalancerCommand({Name: 'web', Subnets: subnets}))
  const {TargetGroups} = await elb.send(
    new CreateTargetGroupCommand({Name: 'web', Protocol: 'HTTP', Port: 80, TargetType: 'ip', ...(VpcId && {VpcId})}),
  )
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? ''
  await elb.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn,
      Attributes: [{Key: 'deregistration_delay.timeout_seconds', Value: '30'}],
    }),
  )
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{Type: 'forward', TargetGroupArn}],
    }),
  )
  return TargetGroupArn
}

export async function deploy(world: World, tag: 'v2' | 'crash'): Promise<void> {
  await register(world, tag)
  await world.client(ECSClient).send(new UpdateServiceCommand({cluster, service: 'web', taskDefinition: 'web'}))
}

/** What has become of the service: what does not depend on ids and on the moment. */
export async function outcome(world: World) {
  const ecs = world.client(ECSClient)
  const {services: [service] = []} = await ecs.send(new DescribeServicesCommand({cluster, services: ['web']}))
  const {serviceDeployments = []} = await ecs.send(new ListServiceDeploymentsCommand({cluster, service: 'web'}))
  const {taskArns = []} = await ecs.send(new ListTasksCommand({cluster}))
  const {tasks = []} = await ecs.send(new DescribeTasksCommand({cluster, tasks: taskArns}))
  const TargetGroupArn = service?.loadBalancers?.[0]?.targetGroupArn
  const {TargetHealthDescriptions = []} = await world
    .client(ElasticLoadBalancingV2Client)
    .send(new DescribeTargetHealthCommand({TargetGroupArn}))
  const {NetworkInterfaces = []} = await world.client(EC2Client).send(new DescribeNetworkInterfacesCommand({}))
  return {
    deployments: service?.deployments?.map(({status, rolloutState, runningCount, taskDefinition}) =>
      [status, rolloutState, runningCount, taskDefinition?.split('/')[1]].join(' '),
    ),
    serviceDeployments: serviceDeployments.map(({status}) => status),
    running: tasks.map(({lastStatus, healthStatus}) => `${lastStatus} ${healthStatus}`),
    targets: TargetHealthDescriptions.map(({TargetHealth}) => TargetHealth?.State),
    interfaces: NetworkInterfaces.length,
    events: (service?.events ?? []).map(({message}) => nameless(message)).reverse(),
    output: await output(world),
  }
}

async function output(world: World): Promise<string[]> {
  const logs = world.client(CloudWatchLogsClient)
  const {events = []} = await logs.send(new FilterLogEventsCommand({logGroupName: logGroup}))
  return events.map(({message = ''}) => message)
}

const nameless = (message = ''): string =>
  message
    .replaceAll(/ecs-svc\/\d+/g, 'ecs-svc/…')
    .replaceAll(/task [0-9a-f]{32}/g, 'task …')
    .replaceAll(/arn:\S+\)/g, '…)')
