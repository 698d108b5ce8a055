import {expect, test} from 'vitest'
import {logSourcesOf, otherLogDrivers} from '../../../../src/actions/logs/log-sources.js'

const awslogs = (name: string, group: string, prefix?: string) => ({
  name,
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: {'awslogs-group': group, ...(prefix !== undefined && {'awslogs-stream-prefix': prefix})},
  },
})
const everyTask = {ownGroup: '/fargate/service/web', tasks: []}

test('reads the whole group that belongs to the service, once', () => {
  const containers = [
    awslogs('web', '/fargate/service/web', 'fargate'),
    awslogs('proxy', '/fargate/service/web', 'fargate'),
  ]

  expect(logSourcesOf(containers, everyTask)).toEqual([{group: '/fargate/service/web'}])
})

test('reads only the streams of the containers in a group of somebody else', () => {
  const containers = [awslogs('web', '/ecs/shared', 'ecs'), awslogs('proxy', '/ecs/shared', 'ecs')]

  expect(logSourcesOf(containers, everyTask)).toEqual([
    {group: '/ecs/shared', streamPrefix: 'ecs/web/'},
    {group: '/ecs/shared', streamPrefix: 'ecs/proxy/'},
  ])
})

test('reads the streams of chosen tasks, for each container of them', () => {
  const containers = [awslogs('web', '/ecs/shared', 'ecs'), awslogs('proxy', '/ecs/shared', 'side')]

  expect(logSourcesOf(containers, {...everyTask, tasks: ['a', 'b']})).toEqual([
    {group: '/ecs/shared', streams: ['ecs/web/a', 'ecs/web/b', 'side/proxy/a', 'side/proxy/b']},
  ])
})

test('knows nothing of containers that log elsewhere, and names their drivers', () => {
  const containers = [{name: 'web', logConfiguration: {logDriver: 'awsfirelens' as const}}, {name: 'quiet'}]

  expect(logSourcesOf(containers, everyTask)).toEqual([])
  expect(otherLogDrivers(containers)).toEqual(['awsfirelens'])
})
