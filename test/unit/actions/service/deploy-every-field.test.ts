import {RegisterTaskDefinitionRequest$, TaskDefinition$} from '@aws-sdk/client-ecs'
import {constantFrom, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {deployService} from '../../../../src/actions/service/deploy-service.js'
import {everyMember} from '../../../helpers/every-member.js'
import {holdsForEvery} from '../../../helpers/property.js'
import {arnOf, deployedWorld, deployOptions, webDefinition, webService} from './deployed-world.js'

type Container = Record<string, unknown>

test('a deployment changes the image of one container and no other field that AWS knows', async () => {
  // What DescribeTaskDefinition answers: all that can be registered, and what is only to be read.
  const described = tuple(
    everyMember(RegisterTaskDefinitionRequest$),
    everyMember(TaskDefinition$),
    constantFrom(0, 1, 2),
  )
  await holdsForEvery(described, async ([registered, read, place]) => {
    const {tags, ...members} = registered
    const containers = (registered.containerDefinitions as Container[]).map((container, index, {length}) => ({
      ...container,
      name: index === place % length ? 'web' : `sidecar-${index}`,
    }))
    const definition = {...read, ...members, containerDefinitions: containers, taskDefinitionArn: arnOf(1)}
    const context = deployedWorld({definition, tags: tags as never})
    await deployService(context, deployOptions({image: 'repository/web:next', wait: false}))

    expect(context.aws.log.inputs('RegisterTaskDefinition')).toEqual([
      {
        ...members,
        tags,
        containerDefinitions: containers.map((container) =>
          container.name === 'web' ? {...container, image: 'repository/web:next'} : container,
        ),
      },
    ])
  })
})

describe('of several containers the new image goes to', () => {
  const containerDefinitions = [
    {name: 'log-router', image: 'fluent-bit:1', essential: false},
    {name: 'proxy', image: 'envoy:1', essential: true},
    {name: 'web', image: 'web:1', essential: true},
  ]

  test.each([
    ['the one that the load balancer names', [{targetGroupArn: 'g', containerName: 'proxy'}], 'web', 'proxy'],
    ['the one with the name of the service', [], 'web', 'web'],
    ['the first essential one', [], 'shop', 'proxy'],
  ])('%s', async (_what, loadBalancers, name, container) => {
    const context = deployedWorld({
      definition: {...webDefinition, containerDefinitions},
      service: {...webService, serviceName: name, loadBalancers},
    })
    const result = await deployService(context, deployOptions({name, image: 'new:2', wait: false}))

    const [input] = context.aws.log.inputs<{containerDefinitions: {name: string; image: string}[]}>(
      'RegisterTaskDefinition',
    )
    const images = Object.fromEntries((input?.containerDefinitions ?? []).map((each) => [each.name, each.image]))
    expect(images).toEqual({'log-router': 'fluent-bit:1', proxy: 'envoy:1', web: 'web:1', [container]: 'new:2'})
    expect(result.previousImage).toBe(containerDefinitions.find((each) => each.name === container)?.image)
  })
})
