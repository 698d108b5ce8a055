import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import type {CliProgram} from '../helpers/aws-cli.js'
import {awsCli, findAwsClis} from '../helpers/aws-cli.js'
import {awsvpc, makeNetwork} from '../helpers/cli-account.js'
import type {SteeredAws} from '../helpers/steered-aws.js'
import {startSteeredAws} from '../helpers/steered-aws.js'

const account = '123456789012'

/** Service deployments came to ECS at the end of 2024, and to releases of the CLI made since. */
const knowsDeployments = ({major, minor}: CliProgram): boolean => (major === 1 ? minor >= 36 : minor >= 22)
const program = (await findAwsClis()).find(knowsDeployments)

let aws: SteeredAws

beforeAll(async () => {
  aws = await startSteeredAws()
})

afterAll(() => aws.close())

beforeEach(({skip}) => {
  if (program === undefined) skip('no AWS CLI of 2025 or later is installed')
})

test('a deployment is stopped by a user, which brings the former revision back', {timeout: 180_000}, async () => {
  if (program === undefined) return
  const cli = awsCli(program, aws.url, account)
  const register = () =>
    cli.text(
      'ecs register-task-definition --family web --network-mode awsvpc --requires-compatibilities FARGATE --cpu 256' +
        ' --memory 512 --container-definitions',
      JSON.stringify([{name: 'web', image: aws.image('v1')}]),
    )
  const [network] = await Promise.all([
    makeNetwork(cli),
    cli.text('iam create-service-linked-role --aws-service-name ecs.amazonaws.com'),
    cli.text('ecs create-cluster --cluster-name web'),
    register(),
  ])
  await cli.text(
    'ecs create-service --cluster web --service-name web --task-definition web --desired-count 1 --launch-type FARGATE' +
      ` --network-configuration ${awsvpc(network)}`,
  )
  await aws.pass(120)
  await register()
  await cli.text('ecs update-service --cluster web --service web --task-definition web')
  await aws.pass(10)
  const list = 'ecs list-service-deployments --cluster web --service web'
  const [deployment = '', revision = ''] = await cli.values(
    `${list} --status IN_PROGRESS --created-at after=2026-01-01T00:01:00Z`,
    'serviceDeployments[].[serviceDeploymentArn,targetServiceRevisionArn]',
  )
  const [stopped, revisions] = await Promise.all([
    cli.values(`ecs stop-service-deployment --service-deployment-arn ${deployment}`, 'serviceDeploymentArn'),
    cli.json(`ecs describe-service-revisions --service-revision-arns ${revision} --query serviceRevisions`),
  ])
  expect(stopped).toEqual([deployment])
  expect(revisions).toMatchObject([
    {taskDefinition: expect.stringMatching(/:task-definition\/web:2$/), launchType: 'FARGATE'},
  ])
  await aws.pass(180)
  const [deployments, described, again] = await Promise.all([
    cli.values(list, 'serviceDeployments[].status'),
    cli.json(`ecs describe-service-deployments --service-deployment-arns ${deployment} --query serviceDeployments`),
    cli.error(`ecs stop-service-deployment --service-deployment-arn ${deployment}`),
  ])
  expect(deployments).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL'])
  expect(described).toMatchObject([{status: 'ROLLBACK_SUCCESSFUL', deploymentCircuitBreaker: {status: 'DISABLED'}}])
  expect(again).toMatchObject({code: 'ConflictException', operation: 'StopServiceDeployment'})
})
