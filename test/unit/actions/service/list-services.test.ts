import {expect, test} from 'vitest'
import {listServiceSummaries} from '../../../../src/actions/service/list-services.js'
import {
  sdkLoadBalancer,
  sdkService,
  sdkTargetGroup,
  sdkTaskDefinition,
  serviceArn,
  targetGroupArn,
  taskDefinitionArn,
} from '../../../helpers/aws-shapes.js'
import {AwsFailure, awsTable} from '../../../helpers/aws-table.js'

const behind = (targetGroup: string) => ({
  loadBalancers: [{targetGroupArn: targetGroupArn(targetGroup), containerName: 'web', containerPort: 80}],
})

/** A cluster in which only the target groups of `existing` are left. */
function clusterOf(services: readonly ReturnType<typeof sdkService>[], existing: readonly string[] = []) {
  const groups = existing.map((name) => sdkTargetGroup(name, ['front']))
  return awsTable({
    ecs: {
      ListServices: () => ({serviceArns: services.map((service) => service.serviceArn)}),
      DescribeServices: ({services: asked = []}) => ({
        services: services.filter((service) => asked.includes(service.serviceArn)),
      }),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition),
    },
    elbv2: {
      DescribeTargetGroups: ({TargetGroupArns = []}) => {
        const found = groups.filter((group) => TargetGroupArns.includes(group.TargetGroupArn))
        if (found.length < TargetGroupArns.length) throw new AwsFailure('TargetGroupNotFoundException')
        return {TargetGroups: found}
      },
      DescribeLoadBalancers: () => ({LoadBalancers: [sdkLoadBalancer('front')]}),
    },
  })
}

test('lists services by name with image, size, load balancer and counts', async () => {
  const {aws} = clusterOf(
    [sdkService('web', {...behind('web'), desiredCount: 2, pendingCount: 1}), sdkService('api')],
    ['web'],
  )

  const {services} = await listServiceSummaries({aws}, {cluster: 'fargate'})

  expect(services.map(({name, loadBalancers}) => [name, loadBalancers])).toEqual([
    ['api', []],
    ['web', ['front']],
  ])
  expect(services[1]).toMatchObject({image: 'web:v1', cpu: '256', memory: '512', desiredCount: 2, pendingCount: 1})
})

test('leaves only the service of a deleted target group without its load balancer', async () => {
  const {aws} = clusterOf([sdkService('web', behind('web')), sdkService('api', behind('gone'))], ['web'])

  const {services} = await listServiceSummaries({aws}, {cluster: 'fargate'})

  expect(services.map(({name, loadBalancers}) => [name, loadBalancers])).toEqual([
    ['api', []],
    ['web', ['front']],
  ])
})

test('leaves only the service of a deleted task definition without its image', async () => {
  const services = [sdkService('web'), sdkService('api')]
  const {aws} = awsTable({
    ecs: {
      ListServices: () => ({serviceArns: services.map((service) => service.serviceArn)}),
      DescribeServices: () => ({services}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => {
        if (taskDefinition.includes('api'))
          throw new AwsFailure('ClientException', 'Unable to describe task definition.')
        return sdkTaskDefinition(taskDefinition)
      },
    },
  })

  const {services: listed} = await listServiceSummaries({aws}, {cluster: 'fargate'})

  expect(listed.map(({image}) => image)).toEqual([undefined, 'web:v1'])
})

test('shows services without a network configuration and without a load balancer', async () => {
  const {aws} = clusterOf([sdkService('worker', {networkConfiguration: undefined, launchType: 'EC2'})])

  expect((await listServiceSummaries({aws}, {cluster: 'fargate'})).services).toHaveLength(1)
})

test('leaves out a service that is deleted between the two calls', async () => {
  const {aws} = clusterOf([sdkService('web'), sdkService('old', {status: 'INACTIVE'})])

  expect((await listServiceSummaries({aws}, {cluster: 'fargate'})).services.map(({name}) => name)).toEqual(['web'])
})

test('describes a shared task definition once, and services ten at a time', async () => {
  const shared = {taskDefinition: taskDefinitionArn('service_web:1')}
  const services = Array.from({length: 23}, (_, index) => sdkService(`web-${index}`, shared))
  const {aws, inputs} = clusterOf(services)

  await listServiceSummaries({aws}, {cluster: 'fargate'})

  expect(inputs('DescribeServices').map((input) => (input.services as string[]).length)).toEqual([10, 10, 3])
  expect(inputs('DescribeTaskDefinition')).toHaveLength(1)
})

test('asks for every page of services', async () => {
  const {aws} = awsTable({
    ecs: {
      ListServices: ({nextToken}) =>
        nextToken === 'more'
          ? {serviceArns: [serviceArn('web')]}
          : {serviceArns: [serviceArn('api')], nextToken: 'more'},
      DescribeServices: () => ({services: [sdkService('web'), sdkService('api')]}),
      DescribeTaskDefinition: ({taskDefinition = ''}) => sdkTaskDefinition(taskDefinition),
    },
  })

  expect((await listServiceSummaries({aws}, {cluster: 'fargate'})).services.map(({name}) => name)).toEqual([
    'api',
    'web',
  ])
})

test('asks for task definitions and target groups at the same time', async () => {
  const {aws, waves} = clusterOf([sdkService('web', behind('web'))], ['web'])

  await listServiceSummaries({aws}, {cluster: 'fargate'})

  expect(waves).toEqual([
    ['ListServices'],
    ['DescribeServices'],
    ['DescribeTargetGroups', 'DescribeTaskDefinition'],
    ['DescribeLoadBalancers'],
  ])
})

test('lists nothing where the cluster does not exist', async () => {
  const {aws} = awsTable({
    ecs: {
      ListServices: () => {
        throw new AwsFailure('ClusterNotFoundException', 'Cluster not found.')
      },
    },
  })

  expect(await listServiceSummaries({aws}, {cluster: 'moon'})).toEqual({cluster: 'moon', services: []})
})
