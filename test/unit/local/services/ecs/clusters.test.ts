import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  ListTagsForResourceCommand,
  PutClusterCapacityProvidersCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import type {World} from './world.js'
import {ACCOUNT, createWorld, steadyService} from './world.js'

const put = (world: World, capacityProviders: string[]) =>
  world.send(
    new PutClusterCapacityProvidersCommand({cluster: 'c', capacityProviders, defaultCapacityProviderStrategy: []}),
  )

describe('clusters', () => {
  test('are ACTIVE at once, and a second creation answers with the first', async () => {
    const world = createWorld()
    const {cluster} = await world.send(new CreateClusterCommand({clusterName: 'c', tags: [{key: 'a', value: 'b'}]}))
    expect(cluster).toMatchObject({
      clusterArn: `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/c`,
      status: 'ACTIVE',
      tags: [{key: 'a', value: 'b'}],
      settings: [{name: 'containerInsights', value: 'disabled'}],
    })
    expect((await world.send(new CreateClusterCommand({clusterName: 'c'}))).cluster).toEqual(cluster)
  })

  test('are described by name or ARN, with counts; what is missing is a failure', async () => {
    const world = createWorld()
    await steadyService(world)
    const clusters = ['fargate', `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/fargate`, 'absent']
    const answer = await world.send(new DescribeClustersCommand({clusters}))
    expect(answer.clusters).toHaveLength(2)
    expect(answer.clusters?.[0]).toMatchObject({runningTasksCount: 2, pendingTasksCount: 0, activeServicesCount: 1})
    expect(answer.failures).toEqual([{arn: `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/absent`, reason: 'MISSING'}])
  })

  test('are listed while ACTIVE, in pages', async () => {
    const world = createWorld()
    for (const clusterName of ['a', 'b', 'c']) await world.send(new CreateClusterCommand({clusterName}))
    await world.send(new DeleteClusterCommand({cluster: 'b'}))
    const first = await world.send(new ListClustersCommand({maxResults: 1}))
    const second = await world.send(new ListClustersCommand({maxResults: 1, nextToken: first.nextToken}))
    expect([first, second].flatMap(({clusterArns = []}) => clusterArns.map((arn) => arn.slice(-1)))).toEqual(['a', 'c'])
    const {clusters} = await world.send(new DescribeClustersCommand({clusters: ['b']}))
    expect(clusters?.[0]?.status).toBe('INACTIVE')
  })

  test('that are not there cannot be deleted: Cluster not found.', async () => {
    const world = createWorld()
    await expect(world.send(new DeleteClusterCommand({cluster: 'absent'}))).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
  })
})

describe('capacity providers of a cluster', () => {
  test('are briefly UPDATE_IN_PROGRESS, in which another change is refused', async () => {
    const world = createWorld()
    await world.send(new CreateClusterCommand({clusterName: 'c'}))
    const {cluster} = await put(world, ['FARGATE', 'FARGATE_SPOT'])
    expect(cluster).toMatchObject({
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      attachmentsStatus: 'UPDATE_IN_PROGRESS',
    })
    await expect(put(world, ['FARGATE'])).rejects.toMatchObject({code: 'UpdateInProgressException'})
    await world.clock.advance(10_000)
    const {clusters} = await world.send(new DescribeClustersCommand({clusters: ['c'], include: ['ATTACHMENTS']}))
    expect(clusters?.[0]?.attachmentsStatus).toBe('UPDATE_COMPLETE')
    expect((await put(world, ['FARGATE'])).cluster?.capacityProviders).toEqual(['FARGATE'])
  })

  test('must exist', async () => {
    const world = createWorld()
    await world.send(new CreateClusterCommand({clusterName: 'c'}))
    await expect(put(world, ['mine'])).rejects.toMatchObject({code: 'InvalidParameterException'})
  })
})

describe('tags', () => {
  const arn = `arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/c`
  const tagsOf = async (world: World) => (await world.send(new ListTagsForResourceCommand({resourceArn: arn}))).tags

  test('are added, replaced and removed', async () => {
    const world = createWorld()
    await world.send(new CreateClusterCommand({clusterName: 'c', tags: [{key: 'a', value: '1'}]}))
    await world.send(
      new TagResourceCommand({
        resourceArn: arn,
        tags: [
          {key: 'a', value: '2'},
          {key: 'b', value: ''},
        ],
      }),
    )
    expect(await tagsOf(world)).toEqual([
      {key: 'a', value: '2'},
      {key: 'b', value: ''},
    ])
    await world.send(new UntagResourceCommand({resourceArn: arn, tagKeys: ['a']}))
    expect(await tagsOf(world)).toEqual([{key: 'b', value: ''}])
  })

  test('of what is not there answer ResourceNotFoundException, of something else InvalidParameterException', async () => {
    const world = createWorld()
    await expect(tagsOf(world)).rejects.toMatchObject({code: 'ResourceNotFoundException'})
    await expect(world.send(new ListTagsForResourceCommand({resourceArn: 'arn:aws:s3:::x'}))).rejects.toMatchObject({
      code: 'InvalidParameterException',
    })
  })
})
