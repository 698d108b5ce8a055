import {expect, test} from 'vitest'
import {namedResource} from '../../../../src/local/request-log/named-resource.js'

const service = 'arn:aws:ecs:us-east-1:000000000000:service/fargate/web'

test.each<[string, unknown, string | undefined]>([
  ['a service with its cluster', {cluster: 'fargate', service: 'web'}, 'fargate/web'],
  ['a service by the ARN of its cluster', {cluster: 'arn:aws:ecs:r:a:cluster/c', services: ['web']}, 'c/web'],
  ['a service by ARN', {cluster: 'fargate', services: [service]}, 'service/fargate/web'],
  ['three of many', {services: ['a', 'b', 'c', 'd', 'e']}, 'a, b, c and 2 more'],
  ['a cluster alone', {cluster: 'fargate', maxResults: 3}, 'fargate'],
  ['a load balancer by name', {Name: 'front', Scheme: 'internal'}, 'front'],
  ['a rule rather than its listener', {RuleArn: 'arn:aws:elb:r:a:rule/1', ListenerArn: 'x'}, 'rule/1'],
  ['nothing of an empty list', {services: [], cluster: ''}, undefined],
  ['nothing of what is no object', 'text', undefined],
  ['nothing of an input that could not be read', undefined, undefined],
])('names %s', (_, input, expected) => {
  expect(namedResource(input)).toBe(expected)
})

test('takes no value from a member that names nothing', () => {
  const input = {
    family: 'web',
    containerDefinitions: [{environment: [{name: 'PASSWORD', value: 'hunter2'}]}],
    SecretString: 'hunter2',
    Value: 'hunter2',
    tags: [{key: 'owner', value: 'hunter2'}],
  }

  expect(namedResource(input)).toBe('web')
  expect(namedResource({...input, family: undefined})).toBeUndefined()
})

test('lets no control character through, and nothing endless', () => {
  expect(namedResource({service: 'a\u001b[31m\nb\u202ec'})).toBe('a\ufffd[31m\ufffdb\ufffdc')
  expect(namedResource({service: 'x'.repeat(1000)})).toHaveLength(200)
})
