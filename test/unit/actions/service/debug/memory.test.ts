import {expect, test} from 'vitest'
import type {DebugMemory} from '../../../../../src/actions/service/debug/memory.js'
import {debugTags, rememberedIn, tagsOf} from '../../../../../src/actions/service/debug/memory.js'

const base: DebugMemory = {
  taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/service_web:3',
  capacity: {launchType: 'FARGATE'},
  assignPublicIp: true,
  platformVersion: 'LATEST',
}
const share = (capacityProvider: string, weight: number, base: number) => ({capacityProvider, weight, base})

test.each<[string, DebugMemory]>([
  ['a launch type', base],
  ['one provider', {...base, capacity: {strategy: [share('FARGATE_SPOT', 1, 0)]}}],
  ['several', {...base, capacity: {strategy: [share('FARGATE', 1, 2), share('FARGATE_SPOT', 3, 0)]}}],
  ['no public address, another platform', {...base, assignPublicIp: false, platformVersion: '1.4.0'}],
])('%s comes back from the tags as it was', (_title, memory) => {
  expect(rememberedIn({name: 'web', tags: tagsOf(memory)})).toEqual(memory)
})

test('ECS takes the values of the tags', () => {
  const capacity = {strategy: [share('FARGATE', 1, 2), share('FARGATE_SPOT', 3, 0)]}
  const tags = tagsOf({...base, capacity})

  expect(Object.keys(tags)).toEqual([...debugTags])
  for (const value of Object.values(tags)) expect(value).toMatch(/^[\w +\-=.:/@]{1,256}$/)
})

test('a service that was not moved remembers nothing', () => {
  expect(rememberedIn({name: 'web', tags: {'fargate:managed': 'true'}})).toBeUndefined()
})

test.each([
  {'fargate:debug-capacity': 'blue'},
  {'fargate:debug-capacity': 'blue=1'},
  {'fargate:debug-task-definition': ''},
])('tags that somebody has changed (%j) are refused', (change) => {
  const {'fargate:debug-task-definition': _, ...others} = tagsOf(base)

  expect(() => rememberedIn({name: 'web', tags: {...others, ...change}})).toThrow(
    'the tags fargate:debug-… of service web do not tell any more what it was',
  )
})
