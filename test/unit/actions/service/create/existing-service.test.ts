import {describe, expect, test} from 'vitest'
import {createService} from '../../../../../src/actions/service/create/create-service.js'
import type {CreateServiceOptions} from '../../../../../src/actions/service/create/options.js'
import {fakeContext} from '../../../../helpers/fake-context.js'
import {callsOf, emptyAccount} from '../../account.js'
import {source} from '../deployed-world.js'
import {balanced, createOptions} from './options.js'

const secret = (name: string) =>
  ({name, valueFrom: `/${name}`, source: {kind: 'parameter-name', parameter: `/${name}`}}) as const
const asked: Partial<CreateServiceOptions> = {
  environment: [
    {name: 'A', value: '1'},
    {name: 'B', value: '2'},
  ],
  secrets: [secret('X'), secret('Y')],
  command: ['serve'],
  taskRole: 'web-role',
}

/** The service as `first` made it, and what a second run with `second` says. */
async function rerun(first: CreateServiceOptions, second: CreateServiceOptions) {
  const world = emptyAccount()
  await createService(fakeContext(callsOf(world)), first)
  const context = fakeContext(callsOf(world))
  const outcome: unknown = await createService(context, second).catch((error: unknown) => error)
  return {outcome, changes: context.aws.log.changes(), docker: context.docker.done}
}

describe('what is asked for and not there', () => {
  const rows: readonly (readonly [string, Partial<CreateServiceOptions>, string, string])[] = [
    ['another image', {image: 'web:2'}, 'image web:1, not web:2', 'fargate service deploy web --image web:2'],
    ['another number of tasks', {count: 3}, '1 tasks, not 3', 'fargate service scale web 3'],
    [
      'another size',
      {cpu: 512, memory: 1024},
      '256 CPU units and 512 MiB, not 512 and 1024',
      'fargate service destroy web',
    ],
    [
      'a load balancer',
      {loadBalancer: 'front', port: {protocol: 'HTTP', port: 80}},
      'no load-balanced port, not 80',
      'destroy',
    ],
    ['another architecture', {architecture: 'arm64'}, 'architecture x86_64, not arm64', 'destroy'],
    ['another value', {environment: [{name: 'A', value: 'new'}]}, 'another value of variable A', 'destroy'],
    ['another variable', {environment: [{name: 'C', value: '3'}]}, 'no variable C', 'destroy'],
    ['fewer secrets', {secrets: [secret('X')]}, 'other secrets', 'destroy'],
    ['another command', {command: ['serve', '--all']}, 'another command', 'destroy'],
    ['another role', {taskRole: 'admin'}, 'web-role task role, not admin', 'destroy'],
    ['other subnets', {subnetIds: ['subnet-b']}, 'subnets subnet-a, subnet-b, not subnet-b', 'destroy'],
    ['other groups', {securityGroupIds: ['sg-front']}, 'security groups sg-own, not sg-front', 'destroy'],
    ['no public addresses', {assignPublicIp: false}, 'tasks with public addresses', 'destroy'],
    ['more storage', {ephemeralStorageGib: 50}, 'the default GiB of ephemeral storage, not 50', 'destroy'],
  ]

  test.each(rows)('%s is an error, and nothing is changed', async (_what, difference, text, hint) => {
    const {outcome, changes} = await rerun(createOptions(asked), createOptions({...asked, ...difference}))

    expect(outcome).toMatchObject({
      code: 'SERVICE_EXISTS',
      exitCode: 5,
      message: `service web exists and differs: it has ${text}`,
      hints: [expect.stringContaining(hint)],
    })
    expect(changes).toEqual([])
  })

  test('values are not told, since they can be secret', async () => {
    const second = createOptions({...asked, environment: [{name: 'A', value: 'hunter2'}]})
    const {outcome} = await rerun(createOptions(asked), second)

    expect(JSON.stringify(outcome)).not.toContain('hunter2')
  })

  test('all differences are told at once', async () => {
    const {outcome} = await rerun(createOptions(), createOptions({image: 'web:2', count: 2}))

    expect(outcome).toMatchObject({hints: ['fargate service scale web 2', 'fargate service deploy web --image web:2']})
  })
})

test('what is not asked for is not compared', async () => {
  const {outcome, changes} = await rerun(createOptions(asked), createOptions())

  expect(outcome).toMatchObject({changes: []})
  expect(changes).toEqual([])
})

test('a role is the same by name and by ARN', async () => {
  const taskRole = 'arn:aws:iam::123456789012:role/path/web-role'
  const {outcome} = await rerun(createOptions(asked), createOptions({...asked, taskRole}))

  expect(outcome).toMatchObject({changes: []})
})

test('the image of an existing service is not built again', async () => {
  const {outcome, docker} = await rerun(createOptions(), createOptions({image: source}))

  expect(outcome).toMatchObject({image: 'web:1', changes: []})
  expect(docker).toEqual([])
})

test('what is around an existing service is mended', async () => {
  const world = emptyAccount()
  await createService(fakeContext(callsOf(world)), balanced())
  world.logGroups.clear()
  const context = fakeContext(callsOf(world))
  await createService(context, balanced())

  expect(context.aws.log.changes()).toEqual(['logs:CreateLogGroup', 'logs:PutRetentionPolicy'])
})

test('a first deployment that is still under way is waited for', async () => {
  const world = emptyAccount()
  await createService(fakeContext(callsOf(world)), createOptions())
  const [deployment] = world.service?.deployments ?? []
  if (deployment !== undefined) deployment.rolloutState = 'IN_PROGRESS'
  const context = fakeContext(callsOf(world))
  context.clock.at(5000, () => {
    if (deployment !== undefined) deployment.rolloutState = 'COMPLETED'
  })
  const result = await createService(context, createOptions())

  expect(result.rollout).toMatchObject({deploymentId: 'ecs-svc/1', seconds: 6})
})
