import {afterEach, beforeEach, expect, test} from 'vitest'
import type {FaultyAccount} from '../../../helpers/faulty-account.js'
import {faultyAccount} from '../../../helpers/faulty-account.js'
import {createFront, createWeb, deployWeb, failureOf, worked} from './product-scenes.js'

let account: FaultyAccount

beforeEach(async () => {
  account = await faultyAccount()
})

afterEach(() => account.close())

const steady = {rollout: {runningCount: 2, stoppedTasks: []}}

/** All that the commands make, each once, whatever went wrong on the way. */
async function expectOneOfEach(): Promise<void> {
  const {ecs, ec2, elbv2, iam} = account.context.aws
  const [services, groups, balancers, securityGroups, roles] = await account.run(() =>
    Promise.all([
      ecs('ListServices', {cluster: 'fargate'}),
      elbv2('DescribeTargetGroups', {}),
      elbv2('DescribeLoadBalancers', {}),
      ec2('DescribeSecurityGroups', {}),
      iam('ListAttachedRolePolicies', {RoleName: 'ecsTaskExecutionRole'}),
    ]),
  )
  expect(services.serviceArns).toHaveLength(1)
  expect(groups.TargetGroups?.map(({TargetGroupName}) => TargetGroupName).sort()).toEqual([
    'fargate-web',
    'front-default',
  ])
  expect(balancers.LoadBalancers).toHaveLength(1)
  expect(securityGroups.SecurityGroups?.map(({GroupName}) => GroupName).sort()).toHaveLength(3)
  expect(roles.AttachedPolicies).toHaveLength(1)
}

test.each<[what: string, faults: object[]]>([
  ['throttles on every third call', [{kind: 'throttle', every: 3}]],
  ['throttles on half of the calls', [{kind: 'throttle', probability: 0.5}]],
  ['an account that is throttled for half a minute', [{kind: 'throttle', for: '30s'}]],
  ['a burst of 500', [{kind: 'server-error', count: 6}]],
  ['503 on every second call', [{kind: 'server-error', status: 503, every: 2}]],
  ['a connection that drops every third time', [{kind: 'drop', every: 3}]],
  ['every second answer lost', [{kind: 'lost-answer', every: 2}]],
  ['requests that take 5 s', [{kind: 'latency', delay: '5s'}]],
  ['answers that take 5 s', [{kind: 'slow-answer', delay: '5s'}]],
  ['reads that lag', [{kind: 'stale-reads'}]],
  ['reads that lag for 20 s', [{kind: 'stale-reads', delay: '20s'}]],
  ['slow roles', [{kind: 'iam-delay', delay: '45s'}]],
  ['a service-linked role that ECS does not see at first', [{kind: 'no-service-linked-role', for: '30s'}]],
])('a service is made and deployed under %s', async (_, faults) => {
  account.add(...faults)
  await createFront(account)
  const created = await createWeb(account)
  const deployed = await deployWeb(account)
  account.aws.faults.clear()

  expect(created).toMatchObject(steady)
  expect(deployed).toMatchObject(steady)
  await expectOneOfEach()
})

test.each<[operation: string, create: string]>([
  ['elbv2:CreateLoadBalancer', 'elasticloadbalancing:CreateLoadBalancer'],
  ['elbv2:CreateTargetGroup', 'elasticloadbalancing:CreateTargetGroup'],
  ['elbv2:CreateListener', 'elasticloadbalancing:CreateListener'],
  ['ec2:CreateSecurityGroup', 'ec2:CreateSecurityGroup'],
  ['iam:CreateRole', 'iam:CreateRole'],
  ['ecs:CreateCluster', 'ecs:CreateCluster'],
  ['ecs:CreateService', 'ecs:CreateService'],
  ['logs:CreateLogGroup', 'logs:CreateLogGroup'],
])('the lost answer of %s makes nothing twice', async (operation) => {
  const [fault] = account.add({kind: 'lost-answer', operation, count: 1})
  await createFront(account)
  const created = await createWeb(account)

  expect(created).toMatchObject(steady)
  expect(account.aws.faults.list()).toMatchObject([{id: fault?.id, struck: 1}])
  await expectOneOfEach()
})

test('a deployment is not held to have failed because its polls are throttled', async () => {
  await createFront(account)
  await createWeb(account)
  account.add({kind: 'throttle', operation: 'ecs:Describe*', skip: 6, for: '3m'})
  const deployed = await deployWeb(account)

  expect(deployed).toMatchObject(steady)
  expect(worked(account, 'ecs:DescribeServices ThrottlingException')).toBeGreaterThan(8)
})

test('an account that stays throttled ends with exit code 5 and says what to do', async () => {
  account.add({kind: 'throttle'})

  expect(await failureOf(createFront(account))).toMatchObject({
    exitCode: 5,
    code: 'THROTTLED',
    message: 'AWS throttles ec2:DescribeSubnets: Request limit exceeded',
    hints: [expect.stringContaining('run the command again')],
  })
})

test('an AWS that fails by itself ends with exit code 5 and says what to do', async () => {
  account.add({kind: 'server-error'})

  expect(await failureOf(createWeb(account))).toMatchObject({
    exitCode: 5,
    message: 'ecs:DescribeServices failed: Service Unavailable. Please try again later',
    hints: ['AWS fails by itself: wait a minute and run the command again'],
  })
})

test('a network that stays away ends with exit code 3', async () => {
  account.add({kind: 'drop'})

  expect(await failureOf(createWeb(account))).toMatchObject({exitCode: 3, code: 'AWS_UNREACHABLE'})
})

test.each<[service: string, call: string, text: string]>([
  ['ecs', 'ecs:DescribeServices', 'The security token included in the request is expired'],
  ['iam', 'iam:', 'The security token included in the request is expired'],
  ['ec2', 'ec2:DescribeSubnets', 'Request has expired'],
])('expired credentials for %s end with exit code 4 at once', async (service, call, text) => {
  await createFront(account)
  account.add({kind: 'expired-credentials', service})
  const failure = await failureOf(createWeb(account))

  expect(failure).toMatchObject({exitCode: 4, code: 'CREDENTIALS_REJECTED', message: expect.stringContaining(text)})
  expect(failure.message).toContain(call)
  expect(failure.hints.join()).toContain('aws sso login')
})

test('credentials that expire during a deployment end with exit code 4, and the deployment goes on', async () => {
  await createFront(account)
  await createWeb(account)
  account.add({kind: 'expired-credentials', skip: 12})

  expect(await failureOf(deployWeb(account))).toMatchObject({exitCode: 4, code: 'CREDENTIALS_REJECTED'})
  expect(account.context.output.texts('warn').join()).toContain('goes on at AWS without being watched')
})

test.each<[operation: string, action: string]>([
  ['ecs:CreateService', 'ecs:CreateService'],
  ['iam:PassRole', 'iam:PassRole'],
  ['ec2:CreateSecurityGroup', 'ec2:CreateSecurityGroup'],
  ['elbv2:CreateTargetGroup', 'elasticloadbalancing:CreateTargetGroup'],
  ['iam:CreateRole', 'iam:CreateRole'],
  ['logs:CreateLogGroup', 'logs:CreateLogGroup'],
])('a missing permission for %s ends with exit code 4 and names the action', async (operation, action) => {
  await createFront(account)
  account.add({kind: 'access-denied', operation})

  expect(await failureOf(createWeb(account))).toMatchObject({
    exitCode: 4,
    code: 'ACCESS_DENIED',
    hints: [`allow the action ${action} in the IAM policy of this user or role`],
  })
})

test('a service-linked role that stays away ends with exit code 5 and the command that makes it', async () => {
  account.add({kind: 'no-service-linked-role'})
  await createFront(account)

  expect(await failureOf(createWeb(account))).toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('Unable to assume the service linked role'),
    hints: ['make it: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com'],
  })
})

test('a command that was broken off by faults is finished by the next one', async () => {
  await createFront(account)
  const [fault] = account.add({kind: 'access-denied', operation: 'ecs:CreateService'})
  await failureOf(createWeb(account))
  account.aws.faults.remove(fault?.id ?? '')

  expect(await createWeb(account)).toMatchObject(steady)
  await expectOneOfEach()
})
