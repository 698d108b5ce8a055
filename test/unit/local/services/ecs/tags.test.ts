import type {CreateServiceCommandInput, Tag} from '@aws-sdk/client-ecs'
import {
  CreateCapacityProviderCommand,
  CreateServiceCommand,
  DescribeTasksCommand,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {ACCOUNT, createWorld, definition, describeTasks, prepare, serviceRequest, steadyService} from './world.js'

const ecsArn = (resource: string) => `arn:aws:ecs:us-east-1:${ACCOUNT}:${resource}`
const autoScalingGroupArn =
  `arn:aws:autoscaling:us-east-1:${ACCOUNT}:autoScalingGroup:00000000-0000-4000-8000-000000000000` +
  ':autoScalingGroupName/group'

const tag = (world: World, resourceArn: string, tags: Tag[]) => world.send(new TagResourceCommand({resourceArn, tags}))

const tagsOf = async (world: World, resourceArn: string) =>
  (await world.send(new ListTagsForResourceCommand({resourceArn}))).tags

const numbered = (count: number): Tag[] => Array.from({length: count}, (_, index) => ({key: `k${index}`, value: ''}))

describe('tags of', () => {
  test.each([
    ['a cluster', ecsArn('cluster/fargate')],
    ['a service', ecsArn('service/fargate/web')],
    ['a task', undefined],
    ['a task definition', ecsArn('task-definition/web:1')],
    ['a capacity provider', ecsArn('capacity-provider/group')],
  ])('%s are added, replaced and removed', async (_, arn) => {
    const world = createWorld()
    await steadyService(world)
    await world.send(
      new CreateCapacityProviderCommand({name: 'group', autoScalingGroupProvider: {autoScalingGroupArn}}),
    )
    const resource = arn ?? (await describeTasks(world))[0]?.taskArn ?? ''
    await tag(world, resource, [
      {key: 'a', value: '1'},
      {key: 'b', value: '2'},
    ])
    await tag(world, resource, [{key: 'a', value: '3'}])
    expect(await tagsOf(world, resource)).toEqual([
      {key: 'a', value: '3'},
      {key: 'b', value: '2'},
    ])
    await world.send(new UntagResourceCommand({resourceArn: resource, tagKeys: ['a', 'absent']}))
    expect(await tagsOf(world, resource)).toEqual([{key: 'b', value: '2'}])
  })

  test.each<[string, Tag[]]>([
    ['more than fifty', numbered(51)],
    [
      'one key twice',
      [
        {key: 'a', value: ''},
        {key: 'a', value: ''},
      ],
    ],
    ['a key that AWS reserves', [{key: 'AWS:x', value: ''}]],
    ['an empty key', [{key: '', value: ''}]],
    ['a key of 129 characters', [{key: 'x'.repeat(129), value: ''}]],
    ['a value of 257 characters', [{key: 'x', value: 'x'.repeat(257)}]],
    ['a character that is not allowed', [{key: 'x', value: '<'}]],
  ])('a cluster are refused for %s', async (_, tags) => {
    const world = createWorld()
    await prepare(world)
    await expect(tag(world, ecsArn('cluster/fargate'), tags)).rejects.toMatchObject({code: 'InvalidParameterException'})
    expect(await tagsOf(world, ecsArn('cluster/fargate'))).toEqual([])
  })

  test('a cluster are fifty with those that it has', async () => {
    const world = createWorld()
    await prepare(world)
    await tag(world, ecsArn('cluster/fargate'), numbered(50))
    await expect(tag(world, ecsArn('cluster/fargate'), [{key: 'one', value: 'more'}])).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
    expect(await tagsOf(world, ecsArn('cluster/fargate'))).toHaveLength(50)
  })
})

describe('the tasks of a service', () => {
  const service = {tags: [{key: 'from', value: 'service'}]}
  const managed = [
    {key: 'aws:ecs:clusterName', value: 'fargate'},
    {key: 'aws:ecs:serviceName', value: 'web'},
  ]

  async function tagsOfTasks(world: World): Promise<Tag[][]> {
    const {taskArns = []} = await world.send(new ListTasksCommand({cluster: 'fargate'}))
    const {tasks = []} = await world.send(
      new DescribeTasksCommand({cluster: 'fargate', tasks: taskArns, include: ['TAGS']}),
    )
    return tasks.map(({tags = []}) => tags)
  }

  test.each<[string, Partial<CreateServiceCommandInput>, Tag[]]>([
    ['none', {}, []],
    ['those of the service', {propagateTags: 'SERVICE'}, service.tags],
    ['those of the task definition', {propagateTags: 'TASK_DEFINITION'}, [{key: 'from', value: 'definition'}]],
    ['those of ECS', {enableECSManagedTags: true}, managed],
    ['both', {propagateTags: 'SERVICE', enableECSManagedTags: true}, [...service.tags, ...managed]],
  ])('have %s where the service says so', async (_, settings, tags) => {
    const world = createWorld()
    await prepare(world, {tags: [{key: 'from', value: 'definition'}]})
    await world.send(new CreateServiceCommand(serviceRequest({...service, ...settings, desiredCount: 1})))
    await world.clock.advance(5_000)
    expect(await tagsOfTasks(world)).toEqual([tags])
  })

  test('get tags when they are created and not later', async () => {
    const world = createWorld()
    await steadyService(world, {...service, desiredCount: 1})
    await world.send(new RegisterTaskDefinitionCommand(definition()))
    await world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', propagateTags: 'SERVICE'}))
    await tag(world, ecsArn('service/fargate/web'), [{key: 'late', value: 'yes'}])
    await world.clock.advance(60_000)
    expect(await tagsOfTasks(world)).toEqual([[]])
    await world.send(new UpdateServiceCommand({cluster: 'fargate', service: 'web', forceNewDeployment: true}))
    await world.clock.advance(120_000)
    expect(await tagsOfTasks(world)).toEqual([[...service.tags, {key: 'late', value: 'yes'}]])
  })
})
