import {createServer} from 'node:http'
import type {AddressInfo, Socket} from 'node:net'
import {connect} from 'node:net'
import {DescribeVpcsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {ConflictException, ECSClient, ListClustersCommand} from '@aws-sdk/client-ecs'
import {GetHostedZoneCommand, Route53Client} from '@aws-sdk/client-route-53'
import {GetScheduleCommand, SchedulerClient} from '@aws-sdk/client-scheduler'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {expect, it, onTestFinished} from 'vitest'
import {AwsFault} from '../../../../src/local/aws-fault.js'
import type {HttpListenerOptions} from '../../../../src/local/wire/http-listener.js'
import {httpListener} from '../../../../src/local/wire/http-listener.js'
import type {FinishedCall, WireOptions} from '../../../../src/local/wire/wire-options.js'
import type {Handle} from './sample-services.js'
import {sampleWire} from './sample-services.js'

/** Serves the sample services on loopback until the test ends. */
async function serve(handle: Handle, options: Partial<WireOptions> = {}, listener: HttpListenerOptions = {}) {
  const server = createServer(httpListener(sampleWire(handle, options), listener))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const {port} = server.address() as AddressInfo
  const credentials = {accessKeyId: '123456789012', secretAccessKey: 'secret'}
  return {port, config: {endpoint: `http://127.0.0.1:${port}`, region: 'eu-north-1', credentials}}
}

it('serves clients of all protocols on one port', async () => {
  const answers: Record<string, object> = {
    ListClusters: {clusterArns: ['ünïcødé']},
    DescribeVpcs: {Vpcs: [{VpcId: 'vpc-1'}]},
    GetCallerIdentity: {Account: '123456789012'},
    GetHostedZone: {HostedZone: {Id: 'Z1', Name: 'example.com.', CallerReference: 'x'}},
    GetSchedule: {Name: 'a/b c', CreationDate: new Date(1_767_225_600_250)},
  }
  const inputs: Record<string, unknown> = {}
  const ended: FinishedCall[] = []
  const handle: Handle = (operation, input) => {
    inputs[operation] = input
    return answers[operation]
  }
  const {config} = await serve(handle, {onEnd: (call) => ended.push(call)})

  const {clusterArns} = await new ECSClient(config).send(new ListClustersCommand({maxResults: 5}))
  const {Vpcs} = await new EC2Client(config).send(new DescribeVpcsCommand({VpcIds: ['vpc-1', 'vpc-2']}))
  const {Account} = await new STSClient(config).send(new GetCallerIdentityCommand({}))
  const {HostedZone} = await new Route53Client(config).send(new GetHostedZoneCommand({Id: 'Z1'}))
  const {CreationDate} = await new SchedulerClient(config).send(
    new GetScheduleCommand({Name: 'a/b c', GroupName: 'g&h'}),
  )

  expect({clusterArns, Vpcs, Account, HostedZone, CreationDate}).toEqual({
    clusterArns: ['ünïcødé'],
    Vpcs: [{VpcId: 'vpc-1'}],
    Account: '123456789012',
    HostedZone: answers.GetHostedZone && Reflect.get(answers.GetHostedZone, 'HostedZone'),
    CreationDate: new Date(1_767_225_600_250),
  })
  expect(inputs).toEqual({
    ListClusters: {maxResults: 5},
    DescribeVpcs: {VpcIds: ['vpc-1', 'vpc-2']},
    GetCallerIdentity: {},
    GetHostedZone: {Id: 'Z1'},
    GetSchedule: {Name: 'a/b c', GroupName: 'g&h'},
  })
  expect(ended.map(({service, region, account}) => `${service} ${region} ${account}`)).toEqual([
    'ecs eu-north-1 123456789012',
    'ec2 eu-north-1 123456789012',
    'sts eu-north-1 123456789012',
    // At an endpoint of its own even a global service signs for the client's region.
    'route53 eu-north-1 123456789012',
    'scheduler eu-north-1 123456789012',
  ])
})

it('carries modelled errors', async () => {
  const {config} = await serve(() => {
    throw new AwsFault('ConflictException', 'In use.', {members: {resourceIds: ['a']}})
  })
  const call = new ECSClient(config).send(new ListClustersCommand({}))

  await expect(call).rejects.toBeInstanceOf(ConflictException)
  await expect(call).rejects.toMatchObject({resourceIds: ['a'], $metadata: {requestId: 'request-1'}})
})

it('breaks the connection of a dropped call, which the SDK tries again', async () => {
  let drops = 1
  const {config} = await serve(() => ({}), {before: () => (drops-- > 0 ? 'drop' : undefined)})
  const {$metadata} = await new ECSClient(config).send(new ListClustersCommand({}))

  expect($metadata.attempts).toBe(2)
})

it.each([1_001, 3_000_000])('refuses a body of %i bytes where 1000 are allowed', async (size) => {
  const {config} = await serve(() => ({}), {}, {maxBodyBytes: 1_000})
  const response = await fetch(config.endpoint, {method: 'POST', body: 'x'.repeat(size)})

  expect(response.status).toBe(413)
  expect(await response.text()).toBe('a request of more than 1000 bytes is refused')
})

it('serves on after a client that went away in the middle of its request', async () => {
  const ended: FinishedCall[] = []
  const {port, config} = await serve(() => ({}), {onEnd: (call) => ended.push(call)})
  const socket = await connected(port)
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npart')
  socket.destroy()

  await new ECSClient(config).send(new ListClustersCommand({}))
  expect(ended).toHaveLength(1)
})

it('answers 500 with the text of what a hook threw', async () => {
  const {config} = await serve(() => ({}), {
    onStart: () => {
      throw new Error('the log is full')
    },
  })
  const response = await fetch(config.endpoint, {method: 'POST', body: ''})

  expect(response.status).toBe(500)
  expect(await response.text()).toBe('the log is full')
})

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })
