import {describe, expect, test} from 'vitest'
import type {BuildSource} from '../../../../src/actions/infrastructure/build-source.js'
import {deployService} from '../../../../src/actions/service/deploy-service.js'
import {MachineError} from '../../../../src/errors/errors.js'
import {fails} from '../../../helpers/fake-aws.js'
import {deployedWorld, deployOptions, registry, registryOf, source, webDefinition} from './deployed-world.js'

const pushed = (tag: string) => `${registry}/web:${tag}`
const quick = deployOptions({image: source, wait: false})

test('builds, pushes and deploys a commit that is not in the repository', async () => {
  const context = deployedWorld({handlers: {ecr: registryOf([])}})
  const result = await deployService(context, quick)

  expect(result.image).toBe(pushed('abc1234'))
  expect(context.docker.done).toEqual([
    'available',
    'build web:abc1234 for linux/amd64',
    `tag web:abc1234 ${pushed('abc1234')}`,
    `login ${registry} AWS`,
    `push ${pushed('abc1234')}`,
  ])
  expect(context.aws.log.changes()).toEqual(['ecs:RegisterTaskDefinition', 'ecs:UpdateService'])
})

test('makes the repository where it is missing, with the marks of this program', async () => {
  const context = deployedWorld({handlers: {ecr: registryOf('no repository')}})
  await deployService(context, quick)

  expect(context.aws.log.inputs('CreateRepository')).toEqual([
    {
      repositoryName: 'web',
      tags: [
        {Key: 'fargate:managed', Value: 'true'},
        {Key: 'fargate:service', Value: 'web'},
      ],
    },
  ])
})

describe('a clean commit that is in the repository', () => {
  test('is neither built nor pushed, and docker need not be there', async () => {
    const docker = {available: () => Promise.reject(new MachineError('DOCKER_NOT_FOUND', 'no docker'))}
    const context = deployedWorld({handlers: {ecr: registryOf(['abc1234'])}, surroundings: {docker}})
    const result = await deployService(context, quick)

    expect(result.image).toBe(pushed('abc1234'))
    expect(context.docker.done).toEqual([])
  })

  test('is deployed with four calls that depend on each other', async () => {
    const context = deployedWorld({handlers: {ecr: registryOf(['abc1234'])}})
    await deployService(context, quick)

    expect(context.aws.log.longestChain()).toHaveLength(4)
  })

  test('is nothing to do where it runs already', async () => {
    const containerDefinitions = [{name: 'web', image: pushed('abc1234')}]
    const context = deployedWorld({
      definition: {...webDefinition, containerDefinitions},
      handlers: {ecr: registryOf(['abc1234'])},
    })

    expect((await deployService(context, quick)).changes).toEqual([])
    expect(context.aws.log.changes()).toEqual([])
  })

  test('is built again where that is asked for', async () => {
    const context = deployedWorld({handlers: {ecr: registryOf(['abc1234'])}})
    await deployService(context, {...quick, image: {...source, rebuild: true}})

    expect(context.docker.done).toContain(`push ${pushed('abc1234')}`)
  })

  test('is a new deployment when it is built again under the tag that runs', async () => {
    const containerDefinitions = [{name: 'web', image: pushed('abc1234')}]
    const context = deployedWorld({
      definition: {...webDefinition, containerDefinitions},
      handlers: {ecr: registryOf(['abc1234'])},
    })
    await deployService(context, {...quick, image: {...source, rebuild: true}})

    expect(context.aws.log.inputs('UpdateService')).toEqual([expect.objectContaining({forceNewDeployment: true})])
  })
})

describe('flags that make another image of the same commit', () => {
  const tagOf = async (flags: Partial<BuildSource>) => {
    const context = deployedWorld({handlers: {ecr: registryOf(['abc1234'])}})
    const {image} = await deployService(context, {...quick, image: {...source, ...flags}})
    return {tag: image.split(':').at(-1), built: context.docker.done.some((done) => done.startsWith('build'))}
  }

  test('give it a tag of its own, the same for the same flags', async () => {
    const one = await tagOf({buildArgs: {A: '1', B: '2'}})

    expect(one).toEqual({tag: expect.stringMatching(/^abc1234-[0-9a-z]{7}$/), built: true})
    expect(await tagOf({buildArgs: {B: '2', A: '1'}})).toEqual(one)
    expect((await tagOf({buildArgs: {A: '2', B: '2'}})).tag).not.toBe(one.tag)
    expect((await tagOf({target: 'prod'})).tag).not.toBe(one.tag)
    expect((await tagOf({dockerfile: 'prod.Dockerfile'})).tag).not.toBe(one.tag)
  })

  test('build every time where a value comes from the environment', async () => {
    const {tag} = await tagOf({buildArgs: {TOKEN: undefined}})
    const context = deployedWorld({handlers: {ecr: registryOf([tag ?? ''])}})
    await deployService(context, {...quick, image: {...source, buildArgs: {TOKEN: undefined}}})

    expect(context.docker.done).toContain(`push ${pushed(tag ?? '')}`)
    expect(context.aws.log.inputs('UpdateService')).toEqual([expect.objectContaining({forceNewDeployment: true})])
  })
})

test('a folder with changes is built under a tag of its own', async () => {
  const git = {kind: 'commit', commit: 'abc1234', dirty: true} as const
  const context = deployedWorld({handlers: {ecr: registryOf(['abc1234'])}, surroundings: {git}})

  expect((await deployService(context, quick)).image).toBe(pushed('abc1234-dirty-20300101000000'))
})

test('a folder that git does not trust is tagged by the time, and the user is told', async () => {
  const git = {kind: 'untrusted', hint: 'git config --global --add safe.directory /project'} as const
  const context = deployedWorld({handlers: {ecr: registryOf([])}, surroundings: {git}})

  expect((await deployService(context, quick)).image).toBe(pushed('20300101000000'))
  expect(context.output.texts('warn')[0]).toContain('git config --global --add safe.directory /project')
})

test('a service on ARM gets an image for ARM, under a tag of its own', async () => {
  const context = deployedWorld({
    definition: {...webDefinition, runtimePlatform: {cpuArchitecture: 'ARM64'}},
    handlers: {ecr: registryOf(['abc1234'])},
  })
  const result = await deployService(context, quick)

  expect(result.image).toBe(pushed('abc1234-arm64'))
  expect(context.docker.done).toContain('build web:abc1234-arm64 for linux/arm64')
})

test('changes nothing where docker is not there', async () => {
  const docker = {available: () => Promise.reject(new MachineError('DOCKER_NOT_FOUND', 'no docker'))}
  const context = deployedWorld({handlers: {ecr: registryOf('no repository')}, surroundings: {docker}})

  await expect(deployService(context, quick)).rejects.toMatchObject({code: 'DOCKER_NOT_FOUND', exitCode: 3})
  expect(context.aws.log.changes()).toEqual([])
})

test('changes nothing where the build fails at once', async () => {
  const docker = {build: () => Promise.reject(new MachineError('IMAGE_BUILD_FAILED', 'RUN false'))}
  const context = deployedWorld({handlers: {ecr: registryOf([])}, surroundings: {docker}})

  await expect(deployService(context, quick)).rejects.toMatchObject({code: 'IMAGE_BUILD_FAILED'})
  expect(context.aws.log.changes()).toEqual([])
})

test('stops the build when a look at AWS fails', async () => {
  let isStopped = false
  const docker = {
    build: ({signal}: {signal?: AbortSignal}) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          isStopped = true
          reject(new Error('stopped'))
        })
      }),
  }
  const slowly = async () => {
    for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve))
    return fails('AccessDeniedException')()
  }
  const context = deployedWorld({
    handlers: {ecr: {...registryOf([]), DescribeRepositories: slowly}},
    surroundings: {docker},
  })

  await expect(deployService(context, quick)).rejects.toMatchObject({code: 'ACCESS_DENIED', exitCode: 4})
  expect(isStopped).toBe(true)
})
