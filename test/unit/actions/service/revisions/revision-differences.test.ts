import {expect, test} from 'vitest'
import {revisionDifferences} from '../../../../../src/actions/service/revisions/revision-differences.js'
import type {TaskDefinition} from '../../../../../src/ecs/task-definitions.js'

const base: TaskDefinition = {
  revision: 1,
  registeredBy: 'alice',
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    {
      name: 'web',
      image: 'web:1',
      environment: [{name: 'A', value: 'top secret'}],
      secrets: [{name: 'TOKEN', valueFrom: 'arn:one'}],
    },
  ],
}
const [web = {}] = base.containerDefinitions ?? []
const withWeb = (change: object): TaskDefinition => ({...base, containerDefinitions: [{...web, ...change}]})

test.each<[string, TaskDefinition, string[]]>([
  ['nothing but what each revision has for itself', {...base, revision: 2, registeredBy: 'bob'}, []],
  ['the size', {...base, cpu: '512', memory: '1024'}, ['cpu 256 → 512', 'memory 512 → 1024']],
  ['the image', withWeb({image: 'web:2'}), ['image web:1 → web:2']],
  ['a variable, without its values', withWeb({environment: [{name: 'A', value: 'other'}]}), ['variables A']],
  ['variables that come and go', withWeb({environment: [{name: 'B', value: ''}]}), ['variables A, B']],
  ['a secret', withWeb({secrets: []}), ['secrets TOKEN']],
  ['another member of a container', withWeb({command: ['sh']}), ['command']],
  ['another member', {...base, taskRoleArn: 'arn:role'}, ['taskRoleArn']],
  [
    'a container',
    {
      ...base,
      containerDefinitions: [
        {...web, image: 'web:2'},
        {name: 'proxy', image: 'proxy:1'},
      ],
    },
    ['web: image web:1 → web:2', 'container proxy is added'],
  ],
  ['no container', {...base, containerDefinitions: []}, ['container web is removed']],
])('%s', (_title, after, expected) => {
  expect(revisionDifferences(base, after)).toEqual(expected)
})
