import {expect, test} from 'vitest'
import {listServiceTasks} from '../../../../src/actions/service/list-service-tasks.js'
import {networkAttachment, sdkService, sdkTask, sdkTaskDefinition, serviceArn} from '../../../helpers/aws-shapes.js'
import type {AwsTable} from '../../../helpers/aws-table.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'

type Interfaces = Record<string, object>

/** A service web with these tasks, of which EC2 knows the network interfaces of `interfaces`. */
function serviceWith(
  tasks: readonly ReturnType<typeof sdkTask>[],
  interfaces: Interfaces = {},
  ecs: AwsTable['ecs'] = {},
) {
  return awsTable({
    ecs: {
      DescribeServices: () => ({services: [sdkService('web')]}),
      ListTasks: ({desiredStatus}) => ({
        taskArns: tasks.filter((task) => task.desiredStatus === desiredStatus).map(({taskArn}) => taskArn),
      }),
      DescribeTasks: ({tasks: asked = []}) => ({tasks: tasks.filter(({taskArn}) => asked.includes(taskArn))}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition),
      ...ecs,
    },
    ec2: {
      DescribeNetworkInterfaces: ({Filters}) => ({
        NetworkInterfaces: (Filters?.[0]?.Values ?? []).flatMap((id) =>
          interfaces[id] === undefined ? [] : [{NetworkInterfaceId: id, ...interfaces[id]}],
        ),
      }),
    },
  })
}

const running = {cluster: 'fargate', name: 'web', stopped: false}

test('shows public, private and IPv6 addresses', async () => {
  const {aws} = serviceWith(
    [
      sdkTask('a', {attachments: [networkAttachment('eni-a', '10.0.0.1')]}),
      sdkTask('b', {attachments: [networkAttachment('eni-b', '10.0.0.2')]}),
    ],
    {
      'eni-a': {Association: {PublicIp: '3.4.5.6'}, PrivateIpAddress: '10.0.0.1'},
      'eni-b': {PrivateIpAddress: '10.0.0.2', Ipv6Addresses: [{Ipv6Address: '2600::1'}]},
    },
  )

  const {tasks} = await listServiceTasks({aws}, running)

  expect(tasks.map(({publicIp, privateIp, ipv6}) => [publicIp, privateIp, ipv6])).toEqual([
    ['3.4.5.6', '10.0.0.1', undefined],
    [undefined, '10.0.0.2', '2600::1'],
  ])
})

test('leaves only the task of a deleted network interface without its public address', async () => {
  const {aws} = serviceWith(
    [
      sdkTask('a', {attachments: [networkAttachment('eni-gone', '10.0.0.1')]}),
      sdkTask('b', {attachments: [networkAttachment('eni-b', '10.0.0.2')]}),
    ],
    {'eni-b': {Association: {PublicIp: '3.4.5.6'}}},
  )

  const {tasks} = await listServiceTasks({aws}, running)

  expect(tasks.map(({publicIp, privateIp}) => publicIp ?? privateIp)).toEqual(['10.0.0.1', '3.4.5.6'])
})

test('finds the network interface among other attachments', async () => {
  const attachments = [
    {type: 'Service Connect', details: []},
    {type: 'AmazonElasticBlockStorage', details: [{name: 'networkInterfaceId', value: 'eni-wrong'}]},
    networkAttachment('eni-a', '10.0.0.1'),
  ]
  const {aws} = serviceWith([sdkTask('a', {attachments})], {'eni-a': {Association: {PublicIp: '3.4.5.6'}}})

  expect((await listServiceTasks({aws}, running)).tasks[0]?.publicIp).toBe('3.4.5.6')
})

test('asks EC2 nothing while no task has a network interface', async () => {
  const {aws, inputs} = serviceWith([sdkTask('a', {attachments: [], lastStatus: 'PROVISIONING'})])

  expect((await listServiceTasks({aws}, running)).tasks).toHaveLength(1)
  expect(inputs('DescribeNetworkInterfaces')).toEqual([])
})

test('shows the image of the main container, not of a sidecar', async () => {
  const containers = [
    {name: 'proxy', image: 'envoy:v1'},
    {name: 'web', image: 'web:v7'},
  ]
  const {aws} = serviceWith([sdkTask('a', {containers})])

  expect((await listServiceTasks({aws}, running)).tasks[0]?.image).toBe('web:v7')
})

test('adds stopped tasks with their reasons, the last to stop first', async () => {
  const stopped = (minute: number, overrides: object) => ({
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stoppedAt: new Date(Date.UTC(2026, 10, 23, 4, minute)),
    ...overrides,
  })
  const crashed = {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{name: 'web', image: 'web:v1', exitCode: 137, reason: 'OutOfMemoryError: Container killed'}],
  }
  const {aws} = serviceWith([
    sdkTask('old', stopped(10, {stoppedReason: 'Task stopped by user'})),
    sdkTask('crashed', stopped(20, crashed)),
    sdkTask('new'),
  ])

  const {tasks} = await listServiceTasks({aws}, {...running, stopped: true})

  expect(tasks.map(({id}) => id)).toEqual(['new', 'crashed', 'old'])
  expect(tasks[1]?.stopped).toEqual({
    code: 'EssentialContainerExited',
    reason: 'Essential container in task exited; container web: exit code 137, OutOfMemoryError: Container killed',
    hint: 'the container needs more memory: raise --memory',
  })
  expect(tasks[0]?.stopped).toBeUndefined()
})

test('does not ask for stopped tasks without need', async () => {
  const {aws, inputs} = serviceWith([sdkTask('a')])

  await listServiceTasks({aws}, running)

  expect(inputs('ListTasks')).toEqual([{cluster: 'fargate', serviceName: 'web', desiredStatus: 'RUNNING'}])
})

test('describes tasks a hundred at a time, and their shared task definition once', async () => {
  const tasks = Array.from({length: 130}, (_, index) => sdkTask(`t${index}`))
  const {aws, inputs} = serviceWith(tasks)

  expect((await listServiceTasks({aws}, running)).tasks).toHaveLength(130)
  expect(inputs('DescribeTasks').map((input) => (input.tasks as string[]).length)).toEqual([100, 30])
  expect(inputs('DescribeTaskDefinition')).toHaveLength(1)
})

test('has at most three calls wait for each other', async () => {
  const {aws, waves} = serviceWith([sdkTask('a', {attachments: [networkAttachment('eni-a', '10.0.0.1')]})])

  await listServiceTasks({aws}, running)

  expect(waves).toEqual([
    ['DescribeServices', 'ListTasks'],
    ['DescribeTasks'],
    ['DescribeNetworkInterfaces', 'DescribeTaskDefinition'],
  ])
})

test('names similar services for an unknown one', async () => {
  const {aws} = serviceWith(
    [],
    {},
    {
      DescribeServices: () => ({services: [], failures: [{reason: 'MISSING'}]}),
      ListServices: () => ({serviceArns: [serviceArn('web'), serviceArn('worker')]}),
    },
  )

  await expect(listServiceTasks({aws}, {...running, name: 'wbe'})).rejects.toMatchObject({
    code: 'SERVICE_NOT_FOUND',
    exitCode: 5,
    message: 'service wbe does not exist in cluster fargate; did you mean web?',
    hints: ['see what there is: fargate service list --cluster fargate'],
  })
})

test('tells a service that is deleted from one that never was', async () => {
  const {aws} = serviceWith(
    [],
    {},
    {
      DescribeServices: () => ({services: [sdkService('web', {status: 'INACTIVE'})]}),
      ListServices: () => ({serviceArns: []}),
    },
  )

  await expect(listServiceTasks({aws}, running)).rejects.toThrow('service web is deleted (INACTIVE) in cluster fargate')
})

test('tells that a service does not exist though listing services is denied', async () => {
  const {aws} = serviceWith(
    [],
    {},
    {
      DescribeServices: () => ({services: []}),
      ListServices: () => {
        throw new AwsFailure('AccessDeniedException')
      },
    },
  )

  await expect(listServiceTasks({aws}, running)).rejects.toMatchObject({code: 'SERVICE_NOT_FOUND'})
})

test('shows the tasks that a service still has while it is being deleted', async () => {
  const {aws} = serviceWith(
    [sdkTask('a')],
    {},
    {
      DescribeServices: () => ({services: [sdkService('web', {status: 'DRAINING'})]}),
    },
  )

  expect((await listServiceTasks({aws}, running)).tasks).toHaveLength(1)
})
