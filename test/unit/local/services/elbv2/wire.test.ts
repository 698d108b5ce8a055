import {
  ElasticLoadBalancingV2,
  ElasticLoadBalancingV2ServiceException,
  LoadBalancerNotFoundException,
  PriorityInUseException,
  paginateDescribeLoadBalancers,
  waitUntilLoadBalancerAvailable,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {inProcessRequestHandler} from '../../../../../src/local/wire/request-handler.js'
import {createWire} from '../../../../../src/local/wire/wire.js'
import {elasticLoadBalancing, must, OK} from './fixture.js'

function sdkClient() {
  const clock = new VirtualClock()
  const elb = elasticLoadBalancing({clock})
  const client = new ElasticLoadBalancingV2({
    region: 'us-east-1',
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'},
    requestHandler: inProcessRequestHandler(createWire({clock, services: [elb.service]})),
  })
  return {clock, client}
}

const BALANCER = {Name: 'web', Subnets: ['subnet-a', 'subnet-b']}

test('the SDK reads what the service answers', async () => {
  const {clock, client} = sdkClient()
  const created = await client.createLoadBalancer({...BALANCER, Tags: [{Key: 'a', Value: 'b'}]})
  const LoadBalancerArn = must(created.LoadBalancers?.[0]?.LoadBalancerArn)
  await clock.advance(3_000)

  const {state} = await waitUntilLoadBalancerAvailable({client, maxWaitTime: 60}, {LoadBalancerArns: [LoadBalancerArn]})
  const {Listeners} = await client.createListener({LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [OK]})
  const {TagDescriptions} = await client.describeTags({ResourceArns: [LoadBalancerArn]})

  expect(state).toBe('SUCCESS')
  expect(Listeners).toMatchObject([{Port: 80, DefaultActions: [{FixedResponseConfig: {StatusCode: '200'}}]}])
  expect(TagDescriptions).toEqual([{ResourceArn: LoadBalancerArn, Tags: [{Key: 'a', Value: 'b'}]}])
})

test('the SDK turns pages', async () => {
  const {client} = sdkClient()
  for (const Name of ['a', 'b', 'c']) await client.createLoadBalancer({...BALANCER, Name})
  const pages: unknown[] = []

  for await (const {LoadBalancers} of paginateDescribeLoadBalancers({client}, {PageSize: 2})) {
    pages.push(LoadBalancers?.map(({LoadBalancerName}) => LoadBalancerName))
  }

  expect(pages).toEqual([['a', 'b'], ['c']])
})

test('the SDK throws its own exceptions', async () => {
  const {client} = sdkClient()
  const {LoadBalancers} = await client.createLoadBalancer(BALANCER)
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn
  const {Listeners} = await client.createListener({LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [OK]})
  const rule = () =>
    client.createRule({
      ListenerArn: Listeners?.[0]?.ListenerArn,
      Priority: 1,
      Conditions: [{Field: 'path-pattern', Values: ['/a']}],
      Actions: [OK],
    })
  await rule()

  await expect(rule()).rejects.toBeInstanceOf(PriorityInUseException)
  await expect(client.describeLoadBalancers({Names: ['gone']})).rejects.toBeInstanceOf(LoadBalancerNotFoundException)
  const invalid = await client.createLoadBalancer({Name: 'internal-x', Subnets: []}).catch((error: unknown) => error)
  expect(invalid).toBeInstanceOf(ElasticLoadBalancingV2ServiceException)
  expect(invalid).toMatchObject({name: 'ValidationError', $metadata: {httpStatusCode: 400}})
})
