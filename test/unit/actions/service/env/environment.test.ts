import type {ContainerDefinition} from '@aws-sdk/client-ecs'
import {RegisterTaskDefinitionRequest$, TaskDefinition$} from '@aws-sdk/client-ecs'
import {constantFrom, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {listEnvironment} from '../../../../../src/actions/service/env/list-environment.js'
import {setEnvironment} from '../../../../../src/actions/service/env/set-environment.js'
import {unsetEnvironment} from '../../../../../src/actions/service/env/unset-environment.js'
import {everyMember} from '../../../../helpers/every-member.js'
import {holdsForEvery} from '../../../../helpers/property.js'
import {arnOf, deployedWorld, webDefinition} from '../deployed-world.js'

type Variables = readonly (readonly [string, string])[]

const options = {cluster: 'fargate', name: 'web', wait: false, timeoutMs: 600_000, dryRun: false}
const listOf = (variables: Variables) => variables.map(([name, value]) => ({name, value}))
const sidecar: ContainerDefinition = {
  name: 'proxy',
  image: 'envoy:1',
  environment: [{name: 'A', value: 'of the proxy'}],
}
const definition = (variables: Variables, more: ContainerDefinition = {}) => ({
  ...webDefinition,
  containerDefinitions: [
    sidecar,
    {name: 'web', image: 'web:1', essential: true, environment: listOf(variables), ...more},
  ],
})
const worldOf = (...args: Parameters<typeof definition>) => deployedWorld({definition: definition(...args)})

type World = ReturnType<typeof deployedWorld>
const registered = ({aws}: World) =>
  aws.log.inputs<{containerDefinitions: ContainerDefinition[]}>('RegisterTaskDefinition')[0]?.containerDefinitions
const variablesOf = (world: World, container = 'web') =>
  registered(world)
    ?.find(({name}) => name === container)
    ?.environment?.map(({name, value}) => [name, value])

describe('set', () => {
  test.each<[string, Variables, Variables, Variables]>([
    [
      'a new variable is added at the end',
      [['A', '1']],
      [['B', '2']],
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    [
      'a variable that is there is replaced in its place and not repeated',
      [
        ['A', '1'],
        ['B', '2'],
      ],
      [['A', '3']],
      [
        ['A', '3'],
        ['B', '2'],
      ],
    ],
    [
      'what the Go CLI has repeated stands once again',
      [
        ['A', '1'],
        ['B', '2'],
        ['A', '3'],
      ],
      [['A', '4']],
      [
        ['A', '4'],
        ['B', '2'],
      ],
    ],
    [
      'a name keeps its case',
      [['LOG_LEVEL', '1']],
      [['log_level', '2']],
      [
        ['LOG_LEVEL', '1'],
        ['log_level', '2'],
      ],
    ],
    ['a value may be empty', [['A', '1']], [['A', '']], [['A', '']]],
  ])('%s', async (_what, present, wanted, expected) => {
    const context = worldOf(present)
    await setEnvironment(context, {...options, environment: listOf(wanted)})

    expect(variablesOf(context)).toEqual(expected)
    expect(variablesOf(context, 'proxy')).toEqual([['A', 'of the proxy']])
    expect(context.aws.log.inputs('UpdateService')).toEqual([
      {cluster: 'fargate', service: 'web', taskDefinition: arnOf(2)},
    ])
  })

  test('makes four calls that depend on each other, and waits for the tasks', async () => {
    const context = worldOf([['A', '1']])
    const result = await setEnvironment(context, {...options, wait: true, environment: listOf([['A', '2']])})

    expect(context.aws.log.longestChain().slice(0, 4)).toEqual([
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:RegisterTaskDefinition',
      'ecs:UpdateService',
    ])
    expect(result).toMatchObject({container: 'web', variables: ['A'], rollout: {deploymentId: 'ecs-svc/2'}})
  })

  test('does nothing where all values are there already', async () => {
    const context = worldOf([
      ['A', '1'],
      ['B', '2'],
    ])
    const result = await setEnvironment(context, {...options, wait: true, environment: listOf([['B', '2']])})

    expect(result).toMatchObject({changes: [], taskDefinition: arnOf(1), rollout: undefined})
    expect(context.aws.log.changes()).toEqual([])
  })

  test('takes the revision that a stopped run has registered', async () => {
    const latest = {...definition([['A', '2']]), taskDefinitionArn: arnOf(2), revision: 2}
    const context = deployedWorld({definition: definition([['A', '1']]), latest})
    await setEnvironment(context, {...options, environment: listOf([['A', '2']])})

    expect(context.aws.log.changes()).toEqual(['ecs:UpdateService'])
  })

  test('in a dry run tells names and no values, and changes nothing', async () => {
    const context = worldOf([['A', '1']])
    const environment = listOf([
      ['A', 'hidden'],
      ['B', 'hidden'],
    ])
    const {changes} = await setEnvironment(context, {...options, dryRun: true, environment})

    expect(changes[0]).toEqual({
      step: 'task-definition',
      thing: 'task definition',
      change: 'create',
      detail: 'add B; change A',
    })
    expect(JSON.stringify(changes)).not.toContain('hidden')
    expect(context.aws.log.changes()).toEqual([])
  })

  test('warns where a variable differs in case alone', async () => {
    const context = worldOf([['LOG_LEVEL', '1']])
    await setEnvironment(context, {...options, environment: listOf([['log_level', '2']])})

    expect(context.output.texts('warn')).toEqual([
      'log_level is another variable than LOG_LEVEL, which stays: names keep their case',
    ])
  })

  test('refuses a name that is a secret', async () => {
    const context = worldOf([], {secrets: [{name: 'TOKEN', valueFrom: '/web/token'}]})

    await expect(setEnvironment(context, {...options, environment: listOf([['TOKEN', 'x']])})).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      exitCode: 2,
      message: 'TOKEN of service web is a secret already',
      hints: ['take the secret away first: fargate service secret unset web --key TOKEN'],
    })
    expect(context.aws.log.changes()).toEqual([])
  })

  test('changes the container that is named, and tells which there are', async () => {
    const context = worldOf([['A', '1']])
    await setEnvironment(context, {...options, container: 'proxy', environment: listOf([['A', '2']])})
    expect(variablesOf(context, 'proxy')).toEqual([['A', '2']])
    expect(variablesOf(context)).toEqual([['A', '1']])

    const unknown = setEnvironment(worldOf([]), {...options, container: 'nginx', environment: listOf([['A', '2']])})
    await expect(unknown).rejects.toMatchObject({
      code: 'CONTAINER_NOT_FOUND',
      hints: ['name one that is there: --container proxy', 'name one that is there: --container web'],
    })
  })

  test('changes no other field that AWS knows', async () => {
    const described = tuple(
      everyMember(RegisterTaskDefinitionRequest$),
      everyMember(TaskDefinition$),
      constantFrom(0, 1, 2),
    )
    await holdsForEvery(described, async ([{tags, ...members}, read, place]) => {
      const containers = (members.containerDefinitions as ContainerDefinition[]).map((container, index, {length}) => ({
        ...container,
        secrets: [],
        name: index === place % length ? 'web' : `sidecar-${index}`,
      }))
      const rich = {...read, ...members, containerDefinitions: containers, taskDefinitionArn: arnOf(1)}
      const context = deployedWorld({definition: rich, tags: tags as never})
      await setEnvironment(context, {...options, environment: [{name: 'BRAND_NEW_NAME', value: '1'}]})

      expect(context.aws.log.inputs('RegisterTaskDefinition')).toEqual([
        {
          ...members,
          tags,
          containerDefinitions: containers.map((container) =>
            container.name === 'web'
              ? {...container, environment: [...(container.environment ?? []), {name: 'BRAND_NEW_NAME', value: '1'}]}
              : container,
          ),
        },
      ])
    })
  })
})

describe('unset', () => {
  const all: Variables = [
    ['A', '1'],
    ['B', '2'],
    ['C', '3'],
  ]

  test.each<[string, string[], Variables]>([
    ['of several keys exactly these are taken away, and nothing is repeated', ['A', 'B'], [['C', '3']]],
    [
      'one key is taken away',
      ['B'],
      [
        ['A', '1'],
        ['C', '3'],
      ],
    ],
    [
      'what is not there does not keep the others',
      ['C', 'X'],
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
  ])('%s', async (_what, keys, expected) => {
    const context = worldOf(all)
    await unsetEnvironment(context, {...options, keys})

    expect(variablesOf(context)).toEqual(expected)
    expect(variablesOf(context, 'proxy')).toEqual([['A', 'of the proxy']])
  })

  test('of what is not there is nothing to do, and told with what may be meant', async () => {
    const context = worldOf(all, {secrets: [{name: 'TOKEN', valueFrom: '/web/token'}]})
    const result = await unsetEnvironment(context, {...options, keys: ['X', 'a', 'TOKEN']})

    expect(result).toMatchObject({changes: [], unset: [], absent: ['X', 'a', 'TOKEN']})
    expect(context.output.texts('warn')).toEqual([
      'service web has no variable X',
      'service web has no variable a; there is A',
      'TOKEN is a secret: fargate service secret unset web --key TOKEN',
    ])
    expect(context.aws.log.changes()).toEqual([])
  })

  test('in a dry run changes nothing', async () => {
    const context = worldOf(all)
    const {changes} = await unsetEnvironment(context, {...options, keys: ['A', 'C'], dryRun: true})

    expect(changes[0]?.detail).toBe('take away A, C')
    expect(context.aws.log.changes()).toEqual([])
  })
})

test('list answers the variables of the container in their order, with two calls after each other', async () => {
  const context = worldOf([
    ['B', '2'],
    ['A', 'x=y'],
  ])
  const result = await listEnvironment(context, {cluster: 'fargate', name: 'web'})

  expect(result.environment).toEqual(
    listOf([
      ['B', '2'],
      ['A', 'x=y'],
    ]),
  )
  expect(context.aws.log.longestChain()).toHaveLength(2)
})
