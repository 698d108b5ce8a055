import {CloudWatchLogsClient, DescribeLogGroups$, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs'
import {DescribeVpcsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {
  ConflictException,
  DescribeServicesCommand,
  ECSClient,
  ListClusters$,
  ListClustersCommand,
  paginateListClusters,
} from '@aws-sdk/client-ecs'
import {
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {GetHostedZoneCommand, NoSuchHostedZone, Route53Client} from '@aws-sdk/client-route-53'
import {GetScheduleCommand, ResourceNotFoundException, SchedulerClient} from '@aws-sdk/client-scheduler'
import {AwsJson1_0Protocol} from '@aws-sdk/core/protocols'
import {ConfiguredRetryStrategy} from '@smithy/core/retry'
import {describe, expect, it} from 'vitest'
import {AwsFault} from '../../../../src/local/aws-fault.js'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'
import {createWire} from '../../../../src/local/wire/wire.js'
import type {FinishedCall} from '../../../../src/local/wire/wire-options.js'
import {clientOf, sampleWire} from './sample-services.js'

const throwing =
  (code: string, members: Record<string, unknown> = {}) =>
  () => {
    throw new AwsFault(code, 'said so', {members})
  }

describe('errors reach the SDK as the classes it models', () => {
  it('JSON: with the members of the exception', async () => {
    const client = new ECSClient(clientOf(throwing('ConflictException', {resourceIds: ['a', 'b']})))
    const error: unknown = await client.send(new ListClustersCommand({})).catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(ConflictException)
    expect(error).toMatchObject({
      message: 'said so',
      resourceIds: ['a', 'b'],
      $metadata: {requestId: 'request-1', httpStatusCode: 400},
    })
  })

  it.each(['LoadBalancerNotFoundException', 'LoadBalancerNotFound'])('query: thrown as %s', async (code) => {
    const client = new ElasticLoadBalancingV2Client(clientOf(throwing(code)))
    const call = client.send(new DeleteLoadBalancerCommand({LoadBalancerArn: 'arn'}))

    await expect(call).rejects.toBeInstanceOf(LoadBalancerNotFoundException)
  })

  it('EC2: by its code, since it models none', async () => {
    const client = new EC2Client(clientOf(throwing('InvalidVpcID.NotFound')))

    await expect(client.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
      message: 'said so',
    })
  })

  it('restXml', async () => {
    const client = new Route53Client(clientOf(throwing('NoSuchHostedZone')))

    await expect(client.send(new GetHostedZoneCommand({Id: '/hostedzone/Z1'}))).rejects.toBeInstanceOf(NoSuchHostedZone)
  })

  it('restJson1', async () => {
    const client = new SchedulerClient(clientOf(throwing('ResourceNotFoundException')))
    const call = client.send(new GetScheduleCommand({Name: 'nightly'}))

    await expect(call).rejects.toBeInstanceOf(ResourceNotFoundException)
    await expect(call).rejects.toMatchObject({message: 'said so'})
  })
})

describe('retries', () => {
  it('of a throttled call end in success', async () => {
    let refusals = 2
    const ended: FinishedCall[] = []
    const before = () => (refusals-- > 0 ? new AwsFault('ThrottlingException', 'Rate exceeded') : undefined)
    const retryStrategy = new ConfiguredRetryStrategy(3, () => 1)
    const client = new ECSClient({...clientOf(() => ({}), {before, onEnd: (call) => ended.push(call)}), retryStrategy})
    const {$metadata} = await client.send(new ListClustersCommand({}))

    expect($metadata.attempts).toBe(3)
    expect(ended.map(({status, errorCode}) => [status, errorCode])).toEqual([
      [400, 'ThrottlingException'],
      [400, 'ThrottlingException'],
      [200, undefined],
    ])
  })

  it('of a dropped connection end in success', async () => {
    let drops = 1
    const client = new ECSClient(clientOf(() => ({}), {before: () => (drops-- > 0 ? 'drop' : undefined)}))
    const {$metadata} = await client.send(new ListClustersCommand({}))

    expect($metadata.attempts).toBe(2)
  })

  it('do not happen for what is not emulated', async () => {
    const ended: FinishedCall[] = []
    const requestHandler = inProcessRequestHandler(sampleWire(() => ({}), {onEnd: (call) => ended.push(call)}))
    const credentials = {accessKeyId: 'a', secretAccessKey: 'b'}
    const client = new CloudWatchLogsClient({region: 'eu-central-1', credentials, requestHandler})

    await expect(client.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The local AWS does not emulate logs: Logs_20140328.DescribeLogGroups',
      $metadata: {httpStatusCode: 501, attempts: 1},
    })
    expect(ended).toHaveLength(1)
  })
})

describe('the client in the same process', () => {
  it('pages through a list', async () => {
    const pages: Record<string, object> = {
      undefined: {clusterArns: ['one'], nextToken: 'two'},
      two: {clusterArns: ['two']},
    }
    const handle = (_: string, input: unknown) => pages[String((input as {nextToken?: string}).nextToken)]
    const client = new ECSClient(clientOf(handle))
    const arns: string[] = []
    for await (const page of paginateListClusters({client}, {})) arns.push(...(page.clusterArns ?? []))

    expect(arns).toEqual(['one', 'two'])
  })

  it('signs for its region, with an account in the access key', async () => {
    const ended: FinishedCall[] = []
    const client = new ECSClient(clientOf(() => ({}), {onEnd: (call) => ended.push(call)}, '123456789012'))
    await client.send(new ListClustersCommand({}))

    expect(ended).toMatchObject([{region: 'eu-central-1', account: '123456789012'}])
  })

  it('gets an AbortError at once when it aborts, whatever the handler still does', async () => {
    const controller = new AbortController()
    const started = Promise.withResolvers<void>()
    const never = new Promise<object>(() => undefined)
    const handle = () => {
      started.resolve()
      return never
    }
    const client = new ECSClient(clientOf(handle))
    const call = client.send(new DescribeServicesCommand({services: []}), {abortSignal: controller.signal})
    await started.promise
    controller.abort()

    await expect(call).rejects.toMatchObject({name: 'AbortError'})
  })

  it('does not send at all when it is aborted before', async () => {
    const ended: FinishedCall[] = []
    const client = new ECSClient(clientOf(() => ({}), {onEnd: (call) => ended.push(call)}))
    const call = client.send(new ListClustersCommand({}), {abortSignal: AbortSignal.abort()})

    await expect(call).rejects.toMatchObject({name: 'AbortError'})
    expect(ended).toEqual([])
  })
})

describe('JSON 1.0 with errors of a former query service', () => {
  const settings = {
    serviceTarget: 'GraniteServiceVersion20100801',
    defaultNamespace: 'com.amazonaws.cloudwatchlogs',
    awsQueryCompatible: true,
  }
  /** No client in use speaks JSON 1.0, so one that speaks 1.1 is told to. */
  class Json10Client extends CloudWatchLogsClient {
    constructor(config: ConstructorParameters<typeof CloudWatchLogsClient>[0]) {
      super({...config, protocol: new AwsJson1_0Protocol(settings), protocolSettings: settings} as never)
    }
  }

  it('answers in its content type and names the code of the query protocol in a header', async () => {
    const operations = [{schema: DescribeLogGroups$, handle: throwing('ResourceNotFound')}]
    const wire = createWire({services: [{signingName: 'logs', client: Json10Client, operations}]})
    const headers = {'x-amz-target': 'GraniteServiceVersion20100801.DescribeLogGroups'}
    const response = await wire.handle({method: 'POST', path: '/', query: {}, headers, body: '{}'})

    expect(response.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': 'ResourceNotFound;Sender',
    })
  })

  it('is understood by the client', async () => {
    const operations = [{schema: DescribeLogGroups$, handle: () => ({logGroups: [{logGroupName: 'a'}]})}]
    const wire = createWire({services: [{signingName: 'logs', client: Json10Client, operations}]})
    const credentials = {accessKeyId: 'a', secretAccessKey: 'b'}
    const requestHandler = inProcessRequestHandler(wire)
    const client = new Json10Client({region: 'us-east-1', credentials, requestHandler})

    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([{logGroupName: 'a'}])
  })
})

it('refuses a protocol that it does not speak', async () => {
  class CborClient extends ECSClient {
    constructor(config: ConstructorParameters<typeof ECSClient>[0]) {
      super({
        ...config,
        protocol: {getShapeId: () => 'smithy.protocols#rpcv2Cbor', setSerdeContext: () => undefined},
      } as never)
    }
  }
  const operations = [{schema: ListClusters$, handle: () => ({})}]
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: {accessKeyId: 'a', secretAccessKey: 'b'},
    requestHandler: inProcessRequestHandler(
      createWire({services: [{signingName: 'ecs', client: CborClient, operations}]}),
    ),
  })

  await expect(client.send(new ListClustersCommand({}))).rejects.toThrow('the wire does not speak')
})
