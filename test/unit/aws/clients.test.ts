import {Readable} from 'node:stream'
import {beforeEach, describe, expect, test, vi} from 'vitest'
import type {AwsClients} from '../../../src/aws/clients.js'
import {createAwsClients} from '../../../src/aws/clients.js'
import {isAwsError} from '../../../src/aws/errors.js'
import type {AwsSettings} from '../../../src/aws/settings.js'
import {clientConfig} from '../../../src/aws/settings.js'

/** A transport that answers every request with one text. */
function transport(statusCode: number, body: string, headers: Readonly<Record<string, string>> = {}) {
  const requests: {headers: Record<string, string>; body: string}[] = []
  return {
    requests,
    metadata: {handlerProtocol: 'http/1.1'},
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
    async handle(request: {headers: Record<string, string>; body: string}, {abortSignal}: {abortSignal?: AbortSignal}) {
      requests.push(request)
      if (abortSignal?.aborted) throw Object.assign(new Error('Request aborted'), {name: 'AbortError'})
      return {response: {statusCode, headers: {...headers}, body: Readable.from([Buffer.from(body)])}}
    },
  }
}

const lines: string[] = []
beforeEach(() => {
  lines.length = 0
})

function settings(requestHandler: object, overrides: Partial<AwsSettings> = {}): AwsSettings {
  let now = 0
  return {
    region: 'us-east-1',
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-key'},
    maxAttempts: 1,
    requestHandler,
    userAgent: {name: 'fargate', version: '1.2.3'},
    now: () => {
      now += 5
      return now
    },
    debug: (line) => lines.push(line),
    ...overrides,
  }
}

test('tells each call by names and ids, and nothing of what it carries', async () => {
  const handler = transport(200, '{"clusters":[]}', {'x-amzn-requestid': 'r-1'})
  await createAwsClients(settings(handler)).ecs('DescribeClusters', {clusters: ['secret-cluster']})

  expect(lines).toEqual(['ecs:DescribeClusters 200 in 5 ms (r-1)'])
  expect(handler.requests[0]?.headers['x-amz-user-agent'] ?? handler.requests[0]?.headers['user-agent']).toContain(
    'fargate/1.2.3',
  )
})

test('tells a failed call by the name of its error', async () => {
  const handler = transport(400, '{"__type":"ClusterNotFoundException","message":"Cluster not found."}')
  await expect(createAwsClients(settings(handler)).ecs('DescribeClusters', {})).rejects.toThrow('Cluster not found')

  expect(lines).toEqual(['ecs:DescribeClusters ClusterNotFoundException in 5 ms'])
})

test('answers the region of the settings', async () => {
  const aws = createAwsClients(settings(transport(200, '{}'), {region: 'cn-north-1'}))
  expect(await aws.region()).toBe('cn-north-1')
})

test('says where no region is set, by a call and when it is asked', async () => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere')
  const aws = createAwsClients(settings(transport(200, '{}'), {region: undefined}))

  await expect(aws.region()).rejects.toMatchObject({code: 'REGION_MISSING', exitCode: 2})
  await expect(aws.ecs('DescribeClusters', {})).rejects.toMatchObject({code: 'REGION_MISSING'})
})

test('ends a call by the signal of the command, or by one of its own', async () => {
  const signal = AbortSignal.abort()
  const stopped = createAwsClients(settings(transport(200, '{}'), {signal}))
  await expect(stopped.ecs('DescribeClusters', {})).rejects.toMatchObject({code: 'CANCELLED', exitCode: 130})

  const last = await stopped.ecs('DescribeClusters', {}, {signal: new AbortController().signal})
  expect(last.$metadata.httpStatusCode).toBe(200)
})

describe('the names of errors, as each protocol writes them on the wire', () => {
  const xml = (code: string) =>
    `<ErrorResponse xmlns="http://x"><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>`
  const ec2Xml = (code: string) =>
    `<?xml version="1.0"?><Response><Errors><Error><Code>${code}</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response>`
  const json = (type: string) => JSON.stringify({__type: type, message: 'm'})
  type Call = (aws: AwsClients) => Promise<unknown>

  const rows: readonly (readonly [string, string, string, Call])[] = [
    [
      'ecs',
      'ServiceNotFoundException',
      json('ServiceNotFoundException'),
      (aws) => aws.ecs('DescribeServices', {services: []}),
    ],
    [
      'ecs',
      'ThrottlingException',
      json('com.amazon.coral.availability#ThrottlingException'),
      (aws) => aws.ecs('ListServices', {}),
    ],
    [
      'ecr',
      'RepositoryNotFoundException',
      json('com.amazonaws.ecr#RepositoryNotFoundException'),
      (aws) => aws.ecr('DescribeRepositories', {}),
    ],
    [
      'logs',
      'ResourceNotFoundException',
      json('ResourceNotFoundException'),
      (aws) => aws.logs('DescribeLogGroups', {}),
    ],
    [
      'logs',
      'ResourceAlreadyExistsException',
      json('ResourceAlreadyExistsException'),
      (aws) => aws.logs('CreateLogGroup', {logGroupName: 'g'}),
    ],
    ['iam', 'NoSuchEntityException', xml('NoSuchEntity'), (aws) => aws.iam('GetRole', {RoleName: 'r'})],
    ['iam', 'EntityAlreadyExistsException', xml('EntityAlreadyExists'), (aws) => aws.iam('GetRole', {RoleName: 'r'})],
    [
      'iam',
      'InvalidInputException',
      xml('InvalidInput'),
      (aws) => aws.iam('CreateServiceLinkedRole', {AWSServiceName: 's'}),
    ],
    [
      'elbv2',
      'LoadBalancerNotFoundException',
      xml('LoadBalancerNotFound'),
      (aws) => aws.elbv2('DescribeLoadBalancers', {}),
    ],
    [
      'elbv2',
      'TargetGroupNotFoundException',
      xml('TargetGroupNotFound'),
      (aws) => aws.elbv2('DescribeTargetGroups', {}),
    ],
    ['elbv2', 'ListenerNotFoundException', xml('ListenerNotFound'), (aws) => aws.elbv2('DescribeRules', {})],
    ['elbv2', 'RuleNotFoundException', xml('RuleNotFound'), (aws) => aws.elbv2('DeleteRule', {RuleArn: 'r'})],
    [
      'elbv2',
      'ResourceInUseException',
      xml('ResourceInUse'),
      (aws) => aws.elbv2('DeleteTargetGroup', {TargetGroupArn: 't'}),
    ],
    ['elbv2', 'PriorityInUseException', xml('PriorityInUse'), (aws) => aws.elbv2('DeleteRule', {RuleArn: 'r'})],
    ['elbv2', 'DuplicateListenerException', xml('DuplicateListener'), (aws) => aws.elbv2('DeleteRule', {RuleArn: 'r'})],
    [
      'elbv2',
      'DuplicateTargetGroupNameException',
      xml('DuplicateTargetGroupName'),
      (aws) => aws.elbv2('DeleteRule', {RuleArn: 'r'}),
    ],
    ['elbv2', 'Throttling', xml('Throttling'), (aws) => aws.elbv2('DescribeTargetGroups', {})],
    ['ec2', 'InvalidGroup.NotFound', ec2Xml('InvalidGroup.NotFound'), (aws) => aws.ec2('DescribeSecurityGroups', {})],
    ['ec2', 'InvalidGroup.Duplicate', ec2Xml('InvalidGroup.Duplicate'), (aws) => aws.ec2('DescribeSecurityGroups', {})],
    [
      'ec2',
      'InvalidPermission.Duplicate',
      ec2Xml('InvalidPermission.Duplicate'),
      (aws) => aws.ec2('DescribeSecurityGroups', {}),
    ],
    [
      'ec2',
      'DependencyViolation',
      ec2Xml('DependencyViolation'),
      (aws) => aws.ec2('DeleteSecurityGroup', {GroupId: 'sg-1'}),
    ],
    ['ec2', 'InvalidSubnetID.NotFound', ec2Xml('InvalidSubnetID.NotFound'), (aws) => aws.ec2('DescribeSubnets', {})],
    ['ec2', 'RequestLimitExceeded', ec2Xml('RequestLimitExceeded'), (aws) => aws.ec2('DescribeSubnets', {})],
  ]

  test.each(rows)('%s %s', async (_service, name, body, call) => {
    const error = await call(createAwsClients(settings(transport(400, body)))).catch((reason: unknown) => reason)

    expect(isAwsError(error, name)).toBe(true)
  })
})

test('hands on only the settings that are given, so that the SDK finds the others', () => {
  const {userAgent, now, debug} = settings({})
  const config = clientConfig({userAgent, now, debug})

  expect(Object.keys(config).sort()).toEqual(['customUserAgent', 'requestHandler'])
  expect(config.requestHandler).toMatchObject({connectionTimeout: 10_000, requestTimeout: 60_000})
})
