import {expect, test} from 'vitest'
import {refusedRequests} from '../../../helpers/good-requests.js'

test('requests that AWS would refuse for their form are found, whatever the fake AWS of a test answers', async () => {
  const refused = await refusedRequests([
    {service: 'ecs', operation: 'RunTask', input: {taskDefinition: 'web', launchType: 'FARGATE'}},
    {service: 'ecs', operation: 'RunTask', input: {launchType: 'LAMBDA'}},
    {service: 'elbv2', operation: 'CreateRule', input: {ListenerArn: 'a', Conditions: [], Actions: [], Priority: 0}},
  ])

  expect(refused).toEqual([
    expect.stringMatching(/^ecs:RunTask: 2 validation errors detected: Value null at 'taskDefinition' .*'launchType'/),
    expect.stringMatching(/^elbv2:CreateRule: 1 validation error detected: Value '0' at 'priority'/),
  ])
})
