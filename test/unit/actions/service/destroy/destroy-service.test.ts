import {describe, expect, test} from 'vitest'
import {awsFailure, fails} from '../../../../helpers/fake-aws.js'
import {all, destroyed, gone, webService} from './destroyed-world.js'

test('deletes all that belongs to the service alone, the service first', async () => {
  const {changes} = await destroyed()

  expect(changes[0]).toBe('ecs:DeleteService')
  expect([...changes].sort()).toEqual(all)
})

test('takes nothing from a task that still runs', async () => {
  const {context} = await destroyed()
  const {calls} = context.aws.log
  const lastLook = calls.findLast(({operation}) => operation === 'DescribeServices')?.endedAt ?? 0
  const early = calls.filter(({operation, startedAt}) => /^Delete|^Deregister/.test(operation) && startedAt < lastLook)

  expect(early.map(({operation}) => operation)).toEqual(['DeleteService', 'DeleteRule'])
  expect(context.clock.elapsed()).toBe(10_000)
})

describe('a service that wants tasks', () => {
  const service = {...webService, desiredCount: 2, runningCount: 2}

  test('is left alone', async () => {
    const {outcome, changes} = await destroyed({service})

    expect(outcome).toMatchObject({code: 'SERVICE_RUNNING', message: 'service web keeps 2 tasks running'})
    expect(changes).toEqual([])
  })

  test('is scaled down and deleted by force', async () => {
    const {context, changes} = await destroyed({service}, {force: true})

    expect(changes.slice(0, 2)).toEqual(['ecs:UpdateService', 'ecs:DeleteService'])
    expect(context.aws.log.inputs('UpdateService')).toEqual([{cluster: 'fargate', service: 'web', desiredCount: 0}])
  })
})

test('passes over what is gone, and deletes what a stopped run left', async () => {
  const {outcome, changes} = await destroyed({
    handlers: {
      ecs: {
        DescribeServices: () => ({failures: [{reason: 'MISSING'}]}),
        ListTaskDefinitions: () => ({taskDefinitionArns: []}),
      },
      elbv2: {DescribeTargetGroups: gone},
      iam: {GetRolePolicy: fails('NoSuchEntityException')},
      logs: {DescribeLogGroups: () => ({logGroups: []})},
      ecr: {DescribeRepositories: fails('RepositoryNotFoundException')},
      secretsmanager: {ListSecrets: () => ({SecretList: []})},
      ssm: {DescribeParameters: () => ({Parameters: []})},
    },
  })

  expect(outcome).toMatchObject({changes: [{step: 'security-group'}]})
  expect(changes).toEqual(['ec2:DeleteSecurityGroup'])
})

test('tries again while AWS still uses a thing', async () => {
  let attempts = 0
  const DeleteSecurityGroup = () => {
    attempts += 1
    if (attempts < 4) throw awsFailure('DependencyViolation')
    return {}
  }
  const {outcome} = await destroyed({handlers: {ec2: {DeleteSecurityGroup}}})

  expect(outcome).toMatchObject({service: 'web'})
  expect(attempts).toBe(4)
})

test('says what to do when AWS uses a thing for longer than it waits', async () => {
  const {outcome} = await destroyed({handlers: {ec2: {DeleteSecurityGroup: fails('DependencyViolation')}}})

  expect(outcome).toMatchObject({
    code: 'WAIT_TIMED_OUT',
    exitCode: 7,
    message: 'security group sg-own is still in use',
    hints: ['run the command again in a few minutes: it deletes what is left'],
  })
})

test('waits no longer for one thing when another cannot be deleted', async () => {
  const handlers = {
    ec2: {DeleteSecurityGroup: fails('DependencyViolation')},
    iam: {DeleteRolePolicy: fails('AccessDenied')},
  }
  const {context, outcome} = await destroyed({handlers})

  expect(outcome).toMatchObject({code: 'ACCESS_DENIED'})
  expect(context.clock.elapsed()).toBeLessThan(20_000)
})

test('keeps logs and images where that is asked for', async () => {
  const {changes} = await destroyed({}, {keepLogs: true, keepImages: true})

  expect([...changes].sort()).toEqual(all.filter((name) => !/LogGroup|Repository/.test(name)))
})

test('in a dry run tells what it would delete, and asks nothing', async () => {
  const {outcome, changes} = await destroyed({}, {dryRun: true, yes: false})

  expect(changes).toEqual([])
  expect((outcome as {changes: {thing: string}[]}).changes.map(({thing}) => thing)).toEqual([
    'service web',
    'tasks of service web',
    'listener rules',
    'target group',
    'security group fargate/service/fargate/web',
    'task definitions service_web',
    'policy fargate.fargate.web.secrets of role ecsTaskExecutionRole',
    'secrets of service web',
    'log group /fargate/service/web',
    'ECR repository web',
  ])
})

test('is confirmed first', async () => {
  const unasked = await destroyed({}, {yes: false})
  expect(unasked.outcome).toMatchObject({code: 'CONFIRMATION_REQUIRED', exitCode: 2})
  expect(unasked.changes).toEqual([])

  const declined = await destroyed({answers: [false]}, {yes: false})
  expect(declined.outcome).toMatchObject({code: 'DECLINED', exitCode: 130})
  expect(declined.changes).toEqual([])

  const confirmed = await destroyed({answers: [true]}, {yes: false})
  expect([...confirmed.changes].sort()).toEqual(all)
})
