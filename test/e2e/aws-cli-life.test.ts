import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {AwsCli} from '../helpers/aws-cli.js'
import {awsCli, findAwsClis} from '../helpers/aws-cli.js'
import type {CliBalancer, CliNetwork} from '../helpers/cli-account.js'
import {awsvpc, deleteRole, makeBalancer, makeNetwork, makeRoles, registerWeb} from '../helpers/cli-account.js'
import type {SteeredAws} from '../helpers/steered-aws.js'
import {startSteeredAws} from '../helpers/steered-aws.js'

const account = '123456789012'
const [program] = await findAwsClis()

let aws: SteeredAws
let cli: AwsCli

beforeAll(async () => {
  aws = await startSteeredAws()
  if (program !== undefined) cli = awsCli(program, aws.url, account)
})

afterAll(() => aws.close())

beforeEach(({skip}) => {
  if (program === undefined) skip('no AWS CLI is installed')
})

test('a service lives behind a load balancer from nothing to nothing', {timeout: 240_000}, async () => {
  const [network] = await Promise.all([
    makeNetwork(cli),
    makeRoles(cli),
    cli.text('logs create-log-group --log-group-name /fargate/web'),
    cli.text('ecs create-cluster --cluster-name web'),
  ])
  const balancer = await activeBalancer(network)
  await createService(network, balancer)
  await followTasks(balancer)
  await updateService(balancer)
  await deleteService(balancer)
  await deleteBalancer(balancer)
  await deleteRest(network)
  expect(await whatIsLeft()).toEqual([[], [], [], [], ['AWSServiceRoleForECS'], [], []])
})

async function activeBalancer(network: CliNetwork): Promise<CliBalancer> {
  const balancer = await makeBalancer(cli, network)
  const state = ['elbv2 describe-load-balancers --names web', 'LoadBalancers[].State.Code'] as const
  expect(await cli.values(...state)).toEqual(['provisioning'])
  await aws.pass(30)
  await Promise.all([
    cli.text(`elbv2 wait load-balancer-available --load-balancer-arns ${balancer.loadBalancer}`),
    cli.text('iam wait role-exists --role-name exec'),
  ])
  expect(await cli.values(...state)).toEqual(['active'])
  return balancer
}

async function createService(network: CliNetwork, {targetGroup}: CliBalancer): Promise<void> {
  const first = await registerWeb(cli, account, aws.image('v1'))
  expect(first).toBe(`arn:aws:ecs:us-east-1:${account}:task-definition/web:1`)
  const create =
    'ecs create-service --cluster web --service-name web --task-definition web --desired-count 2 --launch-type FARGATE' +
    ` --load-balancers targetGroupArn=${targetGroup},containerName=web,containerPort=80` +
    ` --network-configuration ${awsvpc(network)}`
  expect(await cli.json(create)).toMatchObject({
    service: {
      serviceArn: `arn:aws:ecs:us-east-1:${account}:service/web/web`,
      status: 'ACTIVE',
      runningCount: 0,
      pendingCount: 0,
      events: [],
      healthCheckGracePeriodSeconds: 0,
      deploymentConfiguration: {maximumPercent: 200, minimumHealthyPercent: 100},
      deployments: [{status: 'PRIMARY', rolloutState: 'IN_PROGRESS', failedTasks: 0, platformVersion: '1.4.0'}],
      createdAt: '2026-01-01T00:00:30+00:00',
    },
  })
  expect(await cli.error(create)).toEqual({
    code: 'InvalidParameterException',
    operation: 'CreateService',
    message: 'Creation of service was not idempotent.',
  })
  await aws.pass(120)
  await cli.text('ecs wait services-stable --cluster web --services web')
}

/** The events of the service, oldest first, without what is different each time. */
async function events(): Promise<string[]> {
  const describe = 'ecs describe-services --cluster web --services web --query services[0].events[].message'
  const texts = (await cli.json(describe)) as string[]
  return texts.reverse().map((text) => text.replace(/task [0-9a-f]{32}/g, 'task T').replace(/ecs-svc\/\d{19}/, 'D'))
}

async function followTasks({targetGroup}: CliBalancer): Promise<void> {
  expect(await events()).toEqual([
    '(service web) has started 2 tasks: (task T) (task T).',
    `(service web) registered 2 targets in (target-group ${targetGroup})`,
    '(service web) (deployment D) deployment completed.',
    '(service web) has reached a steady state.',
  ])
  const tasks = await cli.values('ecs list-tasks --cluster web --service-name web', 'taskArns')
  const [described, health] = await Promise.all([
    cli.json(`ecs describe-tasks --cluster web --tasks ${tasks.join(' ')} 0123456789abcdef`),
    cli.json(`elbv2 describe-target-health --target-group-arn ${targetGroup} --query TargetHealthDescriptions`),
    cli.text(`ecs wait tasks-running --cluster web --tasks ${tasks.join(' ')}`),
    cli.text(`elbv2 wait target-in-service --target-group-arn ${targetGroup}`),
  ])
  expect(described).toMatchObject({
    tasks: [
      {lastStatus: 'RUNNING', group: 'service:web', startedBy: expect.stringMatching(/^ecs-svc\/\d{19}$/)},
      {lastStatus: 'RUNNING', connectivity: 'CONNECTED', containers: [{name: 'web', lastStatus: 'RUNNING'}]},
    ],
    failures: [{arn: `arn:aws:ecs:us-east-1:${account}:task/web/0123456789abcdef`, reason: 'MISSING'}],
  })
  const healthy = {Target: {Port: 80}, HealthCheckPort: '80', TargetHealth: {State: 'healthy'}}
  expect(health).toMatchObject([healthy, healthy])
  expect(await answerOfWeb()).toBe('Hello from version 1\n')
  await reachTask(tasks[0] ?? '')
}

/** From a task over its network interface to its public address, and to its output. */
async function reachTask(task: string): Promise<void> {
  const attachment = 'tasks[0].attachments[0].details[?name==`networkInterfaceId`].value'
  const [networkInterface] = await cli.values(`ecs describe-tasks --cluster web --tasks ${task}`, attachment)
  const stream = `fargate/web/${task.slice(task.lastIndexOf('/') + 1)}`
  const [addresses, output] = await Promise.all([
    cli.values(
      `ec2 describe-network-interfaces --network-interface-ids ${networkInterface}`,
      'NetworkInterfaces[].Association.PublicIp',
    ),
    cli.json(
      `logs get-log-events --log-group-name /fargate/web --log-stream-name ${stream} --query events[-1].message`,
    ),
  ])
  expect(addresses).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/)])
  expect(output).toBe('listening on port 80, version 1')
}

async function answerOfWeb(): Promise<string> {
  const [url = ''] = aws.loadBalancers().flatMap(({listeners}) => listeners.map((listener) => listener.url))
  return (await fetch(url)).text()
}

async function updateService({targetGroup}: CliBalancer): Promise<void> {
  const before = (await events()).length
  await registerWeb(cli, account, aws.image('v2'))
  const update = 'ecs update-service --cluster web --service web --task-definition web'
  expect(await cli.values(update, 'service.deployments[].[status,rolloutState]')).toEqual([
    ...['PRIMARY', 'IN_PROGRESS'],
    ...['ACTIVE', 'COMPLETED'],
  ])
  await aws.pass(180)
  await cli.text('ecs wait services-stable --cluster web --services web')
  expect((await events()).slice(before)).toEqual([
    '(service web) has started 2 tasks: (task T) (task T).',
    `(service web) registered 2 targets in (target-group ${targetGroup})`,
    '(service web) has stopped 2 running tasks: (task T) (task T).',
    `(service web) deregistered 2 targets in (target-group ${targetGroup})`,
    '(service web) has begun draining connections on 2 tasks.',
    '(service web) (deployment D) deployment completed.',
    '(service web) has reached a steady state.',
  ])
  expect(await answerOfWeb()).toBe('Hello from version 2\n')
}

async function deleteService({targetGroup}: CliBalancer): Promise<void> {
  const health = `elbv2 describe-target-health --target-group-arn ${targetGroup}`
  const targets = await cli.values(health, 'TargetHealthDescriptions[].Target.Id')
  const [service, cluster] = await Promise.all([
    cli.error('ecs delete-service --cluster web --service web'),
    cli.error('ecs delete-cluster --cluster web'),
  ])
  expect(service).toMatchObject({
    code: 'InvalidParameterException',
    message: 'The service cannot be stopped while it is scaled above 0.',
  })
  expect(cluster).toMatchObject({
    code: 'ClusterContainsServicesException',
    message: 'The Cluster cannot be deleted while Services are active.',
  })
  const remove = 'ecs delete-service --cluster web --service web --force'
  expect(await cli.values(remove, 'service.[status,desiredCount]')).toEqual(['DRAINING', '0'])
  await aws.pass(60)
  const former = targets.map((id) => `Id=${id}`).join(' ')
  await Promise.all([
    cli.text('ecs wait services-inactive --cluster web --services web'),
    cli.text(`elbv2 wait target-deregistered --target-group-arn ${targetGroup} --targets ${former}`),
  ])
  const revisions = await cli.values('ecs list-task-definitions --family-prefix web', 'taskDefinitionArns')
  const deregister = (revision: string) =>
    cli.values(`ecs deregister-task-definition --task-definition ${revision}`, 'taskDefinition.status')
  expect(await Promise.all(revisions.map(deregister))).toEqual([['INACTIVE'], ['INACTIVE']])
  expect(await cli.values('ecs delete-cluster --cluster web', 'cluster.status')).toEqual(['INACTIVE'])
}

async function deleteBalancer({loadBalancer, targetGroup, listener}: CliBalancer): Promise<void> {
  expect(await cli.error(`elbv2 delete-target-group --target-group-arn ${targetGroup}`)).toMatchObject({
    code: 'ResourceInUse',
    message: `Target group '${targetGroup}' is currently in use by a listener or a rule`,
  })
  await cli.text(`elbv2 delete-listener --listener-arn ${listener}`)
  await Promise.all([
    cli.text(`elbv2 delete-target-group --target-group-arn ${targetGroup}`),
    cli.text(`elbv2 delete-load-balancer --load-balancer-arn ${loadBalancer}`),
  ])
  await cli.text(`elbv2 wait load-balancers-deleted --load-balancer-arns ${loadBalancer}`)
}

async function deleteRest({group}: CliNetwork): Promise<void> {
  const [heldGroup, heldRole] = await Promise.all([
    cli.error(`ec2 delete-security-group --group-id ${group}`),
    cli.error('iam delete-role --role-name exec'),
    cli.text('logs delete-log-group --log-group-name /fargate/web'),
  ])
  expect(heldGroup).toMatchObject({code: 'DependencyViolation', message: `resource ${group} has a dependent object`})
  expect(heldRole).toMatchObject({
    code: 'DeleteConflict',
    message: 'Cannot delete entity, must detach all policies first.',
  })
  await aws.pass(120)
  await Promise.all([cli.text(`ec2 delete-security-group --group-id ${group}`), deleteRole(cli)])
}

const whatIsLeft = (): Promise<string[][]> =>
  Promise.all([
    cli.values('ecs list-clusters', 'clusterArns'),
    cli.values('ecs list-task-definitions', 'taskDefinitionArns'),
    cli.values('elbv2 describe-load-balancers', 'LoadBalancers[].LoadBalancerName'),
    cli.values('elbv2 describe-target-groups', 'TargetGroups[].TargetGroupName'),
    cli.values('iam list-roles', 'Roles[].RoleName'),
    cli.values('logs describe-log-groups', 'logGroups[].logGroupName'),
    cli.values('ec2 describe-network-interfaces', 'NetworkInterfaces[].NetworkInterfaceId'),
  ])
