import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {AwsCli, CliProgram} from '../helpers/aws-cli.js'
import {awsCli, findAwsClis} from '../helpers/aws-cli.js'
import type {CliNetwork} from '../helpers/cli-account.js'
import {awsvpc, makeNetwork, makeRoles, registerWeb} from '../helpers/cli-account.js'
import type {SteeredAws} from '../helpers/steered-aws.js'
import {startSteeredAws} from '../helpers/steered-aws.js'

const account = '123456789012'
const programs = await findAwsClis()

/** Service deployments came to ECS at the end of 2024, and to releases of the CLI made since. */
const knowsDeployments = ({major, minor}: CliProgram): boolean => (major === 1 ? minor >= 36 : minor >= 22)

let aws: SteeredAws
let cli: AwsCli
let network: CliNetwork

beforeAll(async () => {
  aws = await startSteeredAws()
  const [program] = programs
  if (program === undefined) return
  cli = awsCli(program, aws.url, account)
  const made = await Promise.all([
    makeNetwork(cli),
    makeRoles(cli),
    cli.text('logs create-log-group --log-group-name /fargate/web'),
    cli.text('ecs create-cluster --cluster-name web'),
  ])
  network = made[0]
  await aws.pass(30)
  await registerWeb(cli, account, aws.image('v1'))
})

afterAll(() => aws.close())

beforeEach(({skip}) => {
  if (programs.length === 0) skip('no AWS CLI is installed')
})

const timeout = 180_000

/** Runs tasks in a cluster of their own; answers with their ARNs. */
async function runTasks(cluster: string, options: string, ...more: string[]): Promise<string[]> {
  await cli.text(`ecs create-cluster --cluster-name ${cluster}`)
  const run = `ecs run-task --cluster ${cluster} --network-configuration ${awsvpc(network)} ${options}`
  const {tasks} = (await cli.json(run, ...more)) as {tasks: {taskArn: string; lastStatus: string}[]}
  expect(tasks.map(({lastStatus}) => lastStatus)).toEqual(tasks.map(() => 'PROVISIONING'))
  return tasks.map(({taskArn}) => taskArn)
}

/** A task definition of one container without logs. */
function registerPlain(family: string, image: string): Promise<string> {
  return cli.text(
    `ecs register-task-definition --family ${family} --network-mode awsvpc --requires-compatibilities FARGATE` +
      ' --cpu 256 --memory 512 --output text --query taskDefinition.taskDefinitionArn --container-definitions',
    JSON.stringify([{name: 'web', image}]),
  )
}

test('a task that ends shows how, and waiters agree', {timeout}, async () => {
  await registerPlain('crash', aws.image('crash'))
  const overrides = JSON.stringify({containerOverrides: [{name: 'web', environment: [{name: 'A', value: 'ü = "1"'}]}]})
  const options = '--task-definition crash --launch-type FARGATE --count 2 --started-by me --overrides'
  const tasks = await runTasks('ends', options, overrides)
  await aws.pass(60)
  const named = `--cluster ends --tasks ${tasks.join(' ')}`
  const [, running, missing, described, listed] = await Promise.all([
    cli.text(`ecs wait tasks-stopped ${named}`),
    cli.run(`ecs wait tasks-running ${named}`),
    cli.run('ecs wait tasks-running --cluster ends --tasks absent'),
    cli.json(`ecs describe-tasks ${named}`),
    cli.values('ecs list-tasks --cluster ends --desired-status STOPPED --started-by me', 'taskArns'),
  ])
  expect(running).toMatchObject({exitCode: 255, stderr: expect.stringContaining('Waiter TasksRunning failed')})
  expect(missing).toMatchObject({exitCode: 255, stderr: expect.stringContaining('MISSING')})
  expect(listed).toEqual(tasks)
  const task = {
    lastStatus: 'STOPPED',
    group: 'family:crash',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAt: expect.stringMatching(/^2026-01-01T00:\d\d:\d\d(\.\d{6})?\+00:00$/),
    containers: [{name: 'web', exitCode: 1, lastStatus: 'STOPPED'}],
    overrides: {containerOverrides: [{name: 'web', environment: [{name: 'A', value: 'ü = "1"'}]}]},
  }
  expect(described).toMatchObject({tasks: [task, task], failures: []})
})

test('a user stops a task on spot capacity', {timeout}, async () => {
  await cli.text('ecs create-cluster --cluster-name spot')
  const providers = '--capacity-providers FARGATE FARGATE_SPOT --default-capacity-provider-strategy'
  const strategy = 'capacityProvider=FARGATE_SPOT,weight=1'
  const put = `ecs put-cluster-capacity-providers --cluster spot ${providers} ${strategy}`
  expect(await cli.values(put, 'cluster.attachmentsStatus')).toEqual(['UPDATE_IN_PROGRESS'])
  expect(await cli.error(put)).toMatchObject({code: 'UpdateInProgressException'})
  const tags = '--enable-ecs-managed-tags --propagate-tags TASK_DEFINITION --tags key=team,value=web'
  const [task = ''] = await runTasks('spot', `--task-definition web ${tags}`)
  await aws.pass(40)
  const stop = `ecs stop-task --cluster spot --task ${task} --query task.[desiredStatus,stopCode] --reason`
  const [described, stopped] = await Promise.all([
    cli.json(`ecs describe-tasks --cluster spot --tasks ${task} --include TAGS --query tasks[0]`),
    cli.json(stop, 'enough for now'),
  ])
  expect(described).toMatchObject({
    capacityProviderName: 'FARGATE_SPOT',
    tags: [
      {key: 'team', value: 'web'},
      {key: 'aws:ecs:clusterName', value: 'spot'},
    ],
  })
  expect(stopped).toEqual(['STOPPED', 'UserInitiated'])
  await aws.pass(60)
  await cli.text(`ecs wait tasks-stopped --cluster spot --tasks ${task}`)
  const describe = `ecs describe-tasks --cluster spot --tasks ${task} --query tasks[0].[stoppedReason,containers[0].exitCode]`
  expect(await cli.json(describe)).toEqual(['enough for now', 143])
})

test('lists come in pages, by token and all together', {timeout}, async () => {
  const tasks = await runTasks('pages', '--task-definition web --launch-type FARGATE --count 3')
  const list = 'ecs list-tasks --cluster pages'
  const first = (await cli.json(`${list} --max-items 2 --page-size 1`)) as {taskArns: string[]; NextToken: string}
  const [second, all] = await Promise.all([
    cli.json(`${list} --starting-token ${first.NextToken}`),
    cli.values(`${list} --page-size 2`, 'taskArns'),
  ])
  expect(second).toEqual({taskArns: [expect.stringContaining(':task/pages/')]})
  expect([...first.taskArns, ...(second as {taskArns: string[]}).taskArns].sort()).toEqual([...tasks].sort())
  expect([...all].sort()).toEqual([...tasks].sort())
})

test('a deployment that fails is rolled back, after which the waiter sees nothing wrong', {timeout}, async () => {
  await Promise.all([cli.text('ecs create-cluster --cluster-name breaks'), registerPlain('breaks', aws.image('v1'))])
  await cli.text(
    'ecs create-service --cluster breaks --service-name web --task-definition breaks --desired-count 1' +
      ` --launch-type FARGATE --network-configuration ${awsvpc(network)}` +
      ' --deployment-configuration deploymentCircuitBreaker={enable=true,rollback=true}',
  )
  await aws.pass(90)
  const absent = `${aws.image('v1')}-absent`
  const bad = await registerPlain('breaks', absent)
  await cli.text(`ecs update-service --cluster breaks --service web --task-definition ${bad}`)
  await aws.pass(600)
  await cli.text('ecs wait services-stable --cluster breaks --services web')
  const {services} = (await cli.json('ecs describe-services --cluster breaks --services web')) as {
    services: {taskDefinition: string; events: {message: string}[]; deployments: object[]}[]
  }
  const [service] = services
  expect(service?.deployments).toMatchObject([{status: 'PRIMARY', rolloutState: 'COMPLETED', failedTasks: 0}])
  expect(service?.taskDefinition).toBe(bad.replace(/2$/, '1'))
  const messages = service?.events.map(({message}) => message.replace(/ecs-svc\/\d{19}/, 'D')) ?? []
  expect(messages).toContain('(service web) (deployment D) deployment failed: tasks failed to start.')
  expect(messages).toContain('(service web) rolling back to deployment D.')
  expect(messages).toContain(
    '(service web) was unable to place a task. Reason: CannotPullContainerError: pull image manifest has been retried' +
      ` 1 time(s): failed to resolve ref ${absent}: ${absent}: not found.`,
  )
})

test('ECS refuses in its own words', {timeout}, async () => {
  await cli.text('ecs create-cluster --cluster-name refusals')
  const register = 'ecs register-task-definition --family bad --requires-compatibilities FARGATE --memory 512'
  const containers = ['--container-definitions', JSON.stringify([{name: 'web', image: 'web'}])]
  const create = 'ecs create-service --cluster refusals --service-name web --desired-count 1 --launch-type FARGATE'
  const refusals = await Promise.all([
    cli.error(`${register} --network-mode awsvpc --cpu 300`, ...containers),
    cli.error(`${register} --network-mode bridge --cpu 256`, ...containers),
    cli.error('ecs describe-task-definition --task-definition absent'),
    cli.error('ecs describe-services --cluster absent --services web'),
    cli.error('ecs update-service --cluster refusals --service absent --desired-count 1'),
    cli.error(`${create} --task-definition web`),
    cli.error(`${create} --task-definition web:9 --network-configuration ${awsvpc(network)}`),
    cli.error('ecs stop-task --cluster refusals --task absent'),
    cli.error('ecs list-tags-for-resource --resource-arn arn:aws:s3:::bucket'),
  ])
  expect(refusals.map(({code, message}) => `${code}: ${message}`)).toEqual([
    'ClientException: No Fargate configuration exists for given values.',
    'ClientException: Fargate only supports network mode ‘awsvpc’.',
    'ClientException: Unable to describe task definition.',
    'ClusterNotFoundException: Cluster not found.',
    'ServiceNotFoundException: Service not found.',
    "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    'ClientException: TaskDefinition not found.',
    'InvalidParameterException: The referenced task was not found.',
    'InvalidParameterException: Invalid identifier: Identifier is for an unsupported resource type.',
  ])
})

test('a deployment is stopped by a user, which brings the former revision back', {timeout}, async ({skip}) => {
  const recent = programs.find(knowsDeployments)
  if (recent === undefined) return skip('no AWS CLI of 2025 or later is installed')
  const newer = awsCli(recent, aws.url, account)
  await Promise.all([newer.text('ecs create-cluster --cluster-name stops'), registerPlain('stops', aws.image('v1'))])
  await newer.text(
    'ecs create-service --cluster stops --service-name web --task-definition stops --desired-count 1' +
      ` --launch-type FARGATE --network-configuration ${awsvpc(network)}`,
  )
  await aws.pass(120)
  const second = await registerPlain('stops', aws.image('v2'))
  await newer.text(`ecs update-service --cluster stops --service web --task-definition ${second}`)
  await aws.pass(10)
  const list = 'ecs list-service-deployments --cluster stops --service web'
  const [deployment = '', revision = ''] = await newer.values(
    `${list} --status IN_PROGRESS --created-at after=2026-01-01T00:01:00Z`,
    'serviceDeployments[].[serviceDeploymentArn,targetServiceRevisionArn]',
  )
  const [stopped, revisions] = await Promise.all([
    newer.values(`ecs stop-service-deployment --service-deployment-arn ${deployment}`, 'serviceDeploymentArn'),
    newer.json(`ecs describe-service-revisions --service-revision-arns ${revision} --query serviceRevisions`),
  ])
  expect(stopped).toEqual([deployment])
  expect(revisions).toMatchObject([{taskDefinition: second, launchType: 'FARGATE'}])
  await aws.pass(180)
  const [deployments, described, again] = await Promise.all([
    newer.values(list, 'serviceDeployments[].status'),
    newer.json(`ecs describe-service-deployments --service-deployment-arns ${deployment} --query serviceDeployments`),
    newer.error(`ecs stop-service-deployment --service-deployment-arn ${deployment}`),
  ])
  expect(deployments).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL'])
  expect(described).toMatchObject([{status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: {status: 'DISABLED'}}])
  expect(again).toMatchObject({code: 'ConflictException', operation: 'StopServiceDeployment'})
})
