import {expect, test} from 'vitest'
import type {ListRevisionsOptions} from '../../../../../src/actions/service/revisions/list-revisions.js'
import {listRevisions} from '../../../../../src/actions/service/revisions/list-revisions.js'
import {AwsFailure} from '../../../../helpers/aws-table.js'
import {revision, revisionsWorld} from './revisions-world.js'

const options: ListRevisionsOptions = {cluster: 'fargate', name: 'web', limit: 10, inactive: false}

test('shows what a service ran, newest first, with how each deployment ended', async () => {
  const {context} = revisionsWorld({
    present: 2,
    highest: 3,
    history: [
      [1, 'SUCCESSFUL'],
      [2, 'SUCCESSFUL'],
      [3, 'ROLLBACK_SUCCESSFUL'],
    ],
  })

  const {revisions, more, family} = await listRevisions(context, options)

  expect({family, more}).toEqual({family: 'service_web', more: 0})
  expect(
    revisions.map(({revision: number, image, role, registeredBy, deployments}) => [
      ...[number, image, role, registeredBy],
      deployments?.map(({status}) => status),
    ]),
  ).toEqual([
    [3, 'web:3', undefined, 'alice', ['ROLLBACK_SUCCESSFUL']],
    [2, 'web:2', 'running', 'alice', ['SUCCESSFUL']],
    [1, 'web:1', undefined, 'alice', ['SUCCESSFUL']],
  ])
})

test('shows no more than asked for, but always what runs', async () => {
  const {context, inputs} = revisionsWorld({present: 1, highest: 30, history: []})

  const {revisions, more} = await listRevisions(context, {...options, limit: 2})

  expect(revisions.map((each) => each.revision)).toEqual([30, 29, 1])
  expect(more).toBe(27)
  expect(inputs('DescribeTaskDefinition')).toHaveLength(3)
})

test('counts by number, not by name', async () => {
  const {context} = revisionsWorld({present: 10, history: []})

  expect((await listRevisions(context, {...options, limit: 2})).revisions.map((each) => each.revision)).toEqual([10, 9])
})

test('shows deregistered ones where they are asked for', async () => {
  const world = {present: 2, inactive: [1], history: []}

  const without = await listRevisions(revisionsWorld(world).context, options)
  const withThem = await listRevisions(revisionsWorld(world).context, {...options, inactive: true})

  expect(without.revisions.map(({status}) => status)).toEqual(['ACTIVE'])
  expect(withThem.revisions.map(({status}) => status)).toEqual(['ACTIVE', 'INACTIVE'])
})

test('tells which revision comes and which leaves', async () => {
  const deployments = [
    {status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition: revision(2)},
    {status: 'ACTIVE', rolloutState: 'COMPLETED', taskDefinition: revision(1)},
  ]
  const {context} = revisionsWorld({present: 2, history: [], deployments})

  const {revisions} = await listRevisions(context, options)

  expect(revisions.map(({role}) => role)).toEqual(['deploying', 'leaving'])
})

test('warns where the deployments may not be read, and shows the rest', async () => {
  const denied = new AwsFailure('AccessDeniedException', 'not authorized to perform: ecs:ListServiceDeployments')
  const {context, warnings} = revisionsWorld({present: 1, history: denied})

  const {revisions} = await listRevisions(context, options)

  expect(revisions).toMatchObject([{revision: 1, deployments: undefined}])
  expect(warnings()).toEqual([expect.stringMatching(/^ECS does not tell the deployments of service web: .*denies/)])
})

test('a throttle is no answer', async () => {
  const {context} = revisionsWorld({present: 1, history: new AwsFailure('ThrottlingException', 'Rate exceeded')})

  await expect(listRevisions(context, options)).rejects.toMatchObject({code: 'THROTTLED'})
})
