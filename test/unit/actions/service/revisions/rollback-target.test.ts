import type {ServiceDeploymentStatus} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {findRollbackTarget} from '../../../../../src/actions/service/revisions/rollback-target.js'
import {describeService} from '../../../../../src/ecs/services.js'
import {AwsFailure} from '../../../../helpers/aws-table.js'
import {revision, revisionsWorld} from './revisions-world.js'

type World = Parameters<typeof revisionsWorld>[0]
type Past = readonly (readonly [number, ServiceDeploymentStatus])[]

async function target(world: World, wanted?: string) {
  const {context, warnings} = revisionsWorld(world)
  const service = await describeService(context.aws.ecs, 'fargate', 'web')
  if (service === undefined) throw new Error('the world has a service')
  const found = await findRollbackTarget(context, {cluster: 'fargate', service, wanted})
  return {arn: found.revision.arn, already: found.already, warnings: warnings()}
}

describe('without a revision', () => {
  test.each<[string, number, Past, number]>([
    [
      'the one before',
      2,
      [
        [1, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
      ],
      1,
    ],
    [
      'one that never ran well is left out',
      3,
      [
        [1, 'SUCCESSFUL'],
        [2, 'ROLLBACK_SUCCESSFUL'],
        [3, 'SUCCESSFUL'],
      ],
      1,
    ],
    [
      'the one that runs while a new one fails',
      3,
      [
        [2, 'SUCCESSFUL'],
        [3, 'IN_PROGRESS'],
      ],
      2,
    ],
    [
      'after a rollback one further back',
      2,
      [
        [1, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
        [3, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
      ],
      1,
    ],
    [
      'what ran before, not the number before',
      5,
      [
        [2, 'SUCCESSFUL'],
        [5, 'SUCCESSFUL'],
      ],
      2,
    ],
    [
      'a newer one that ran before',
      2,
      [
        [4, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
      ],
      4,
    ],
    [
      'deployed twice',
      2,
      [
        [1, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
      ],
      1,
    ],
  ])('%s', async (_title, present, history, expected) => {
    expect(await target({present, history, highest: 5})).toEqual({
      arn: revision(expected),
      already: undefined,
      warnings: [],
    })
  })

  test('one that is deregistered cannot be run again', async () => {
    const history: Past = [
      [1, 'SUCCESSFUL'],
      [2, 'SUCCESSFUL'],
      [3, 'SUCCESSFUL'],
    ]

    expect(await target({present: 3, history, inactive: [2]})).toMatchObject({arn: revision(1)})
  })

  test('the number before, where ECS does not tell what ran', async () => {
    const history = new AwsFailure('AccessDeniedException')

    expect(await target({present: 12, history, inactive: [11]})).toEqual({
      arn: revision(10),
      already: undefined,
      warnings: [expect.stringContaining('ECS does not tell the deployments')],
    })
  })

  test.each<[string, Past]>([
    ['there was none', [[1, 'SUCCESSFUL']]],
    [
      'none ran well',
      [
        [1, 'STOPPED'],
        [2, 'SUCCESSFUL'],
      ],
    ],
  ])('is refused where %s', async (_title, history) => {
    const present = history.at(-1)?.[0] ?? 1

    await expect(target({present, history})).rejects.toMatchObject({code: 'NO_EARLIER_REVISION', exitCode: 5})
  })

  test.each(['ROLLBACK_SUCCESSFUL', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_REQUESTED'] as const)(
    'stays where ECS has gone back by itself (%s)',
    async (status) => {
      const history: Past = [
        [1, 'SUCCESSFUL'],
        [2, 'SUCCESSFUL'],
        [3, status],
      ]

      expect(await target({present: 2, highest: 3, history})).toMatchObject({
        arn: revision(2),
        already: 'ECS has gone back from service_web:3 to service_web:2 by itself (deployment 2)',
      })
    },
  )

  test('stays where a rollback of before is still under way', async () => {
    const deployments = [
      {id: 'ecs-svc/9', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition: revision(1)},
      {id: 'ecs-svc/8', status: 'ACTIVE', rolloutState: 'COMPLETED', taskDefinition: revision(2)},
    ]
    const history: Past = [
      [1, 'SUCCESSFUL'],
      [2, 'SUCCESSFUL'],
      [1, 'IN_PROGRESS'],
    ]

    expect(await target({present: 1, highest: 2, history, deployments})).toMatchObject({
      arn: revision(1),
      already: 'service web is on its way back to service_web:1 (deployment ecs-svc/9)',
    })
  })
})

describe('a revision that is named', () => {
  const world: World = {present: 3, history: [], inactive: [2]}

  test.each(['1', 'service_web:1', revision(1)])('%s', async (wanted) => {
    expect(await target(world, wanted)).toMatchObject({arn: revision(1), already: undefined})
  })

  test('is refused where it does not exist', async () => {
    await expect(target(world, '7')).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
      message: 'task definition service_web:7 does not exist',
    })
  })

  test('is refused where it is deregistered', async () => {
    await expect(target(world, '2')).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
      message: 'task definition service_web:2 is deregistered (INACTIVE), so that no task can be started from it',
    })
  })

  test('is refused where it is of another family', async () => {
    await expect(target(world, 'service_api:1')).rejects.toMatchObject({
      code: 'REVISION_INVALID',
      exitCode: 2,
      message: 'revision service_api:1 is of the family service_api, and the service runs service_web',
    })
  })
})
