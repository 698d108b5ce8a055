import {once} from 'node:events'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {inspect} from 'node:util'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {dockerConfigFile} from '../../src/docker/credential-helper.js'
import type {Docker} from '../../src/docker/docker.js'
import {createDocker} from '../../src/docker/docker.js'
import {createRunner} from '../../src/process/execa-runner.js'
import {dockerAvailable} from '../helpers/docker-available.js'

const unavailable = await dockerAvailable()

let folder: string
let image: string
let docker: Docker

beforeEach(async ({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
  folder = await mkdtemp(join(tmpdir(), 'docker-'))
  image = `fargate-test-${folder.slice(-6).toLowerCase()}:v1`
  docker = dockerWith({})
  onTestFinished(() => rm(folder, {recursive: true}))
})

/** A docker of its own configuration, so that no login of the user is used or changed. */
function dockerWith(env: Readonly<Record<string, string>>, signal?: AbortSignal): Docker {
  const own = {...process.env, DOCKER_CONFIG: join(folder, '.docker'), ...env}
  return createDocker({
    runner: createRunner(own),
    program: 'docker',
    configFile: dockerConfigFile(own, folder),
    ...(signal && {signal}),
  })
}

async function contextWith(dockerfile: string): Promise<string> {
  await writeFile(join(folder, 'Dockerfile'), dockerfile)
  await writeFile(join(folder, 'file'), folder)
  return folder
}

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  server.close()
  await once(server, 'close')
  return address.port
}

test.each(['amd64', 'arm64'] as const)('builds for %s, inspects and removes an image', async (architecture) => {
  const lines: string[] = []
  onTestFinished(() => docker.removeImage(image))

  await docker.build({
    context: await contextWith('FROM scratch\nCOPY file /file\n'),
    platform: `linux/${architecture}`,
    tags: [image],
    onLine: (line) => lines.push(line),
  })

  expect(lines.join('\n')).toContain('FROM scratch')
  expect(await docker.inspect(image)).toEqual({id: expect.stringMatching(/^sha256:/), os: 'linux', architecture})
  await docker.removeImage(image)
  expect(await docker.inspect(image)).toBeUndefined()
})

test('passes build arguments by value and from the environment', async () => {
  onTestFinished(() => docker.removeImage(image))
  const dockerfile = 'ARG FILE\nARG STAGE\nFROM scratch AS run\nFROM $STAGE\nARG FILE\nCOPY $FILE /file\n'

  await dockerWith({STAGE: 'run'}).build({
    context: await contextWith(dockerfile),
    buildArgs: {FILE: 'file', STAGE: undefined},
    platform: 'linux/amd64',
    tags: [image],
  })

  expect(await docker.inspect(image)).toMatchObject({architecture: 'amd64'})
})

test('shows why a build failed', async () => {
  const context = await contextWith('FROM scratch\nCOPY missing /file\n')

  const failure = await failureOf(docker.build({context, platform: 'linux/amd64', tags: [image]}))

  expect(failure).toMatchObject({
    code: 'IMAGE_BUILD_FAILED',
    exitCode: 3,
    message: expect.stringMatching(/a file that is copied is not in the build context\n(.*\n)*.*missing/),
  })
})

test('explains a push to a port where nothing listens', async () => {
  const reference = `127.0.0.1:${await freePort()}/${image}`
  onTestFinished(() => docker.removeImage(reference))
  await docker.build({
    context: await contextWith('FROM scratch\nCOPY file /file\n'),
    platform: 'linux/amd64',
    tags: [reference],
  })

  expect(await failureOf(docker.push({reference}))).toMatchObject({
    code: 'IMAGE_PUSH_FAILED',
    message: expect.stringContaining('nothing listens at the address of the registry'),
  })
})

test('explains a push of an image that was not built', async () => {
  expect(await failureOf(docker.push({reference: `127.0.0.1:1/${image}`}))).toMatchObject({
    code: 'IMAGE_PUSH_FAILED',
    message: expect.stringContaining('docker has no image of this name'),
  })
})

test('explains a login where nothing listens, without the password', async () => {
  const registry = `127.0.0.1:${await freePort()}`

  const failure = await failureOf(docker.login({registry, username: 'AWS', password: 'hunter2'}))

  expect(failure).toMatchObject({
    code: 'REGISTRY_LOGIN_FAILED',
    message: expect.stringContaining('the registry cannot be reached'),
  })
  expect(inspect(failure, {depth: 9})).not.toContain('hunter2')
})

test('tells that the engine is down', async () => {
  const failure = await failureOf(dockerWith({DOCKER_HOST: `unix://${folder}/none.sock`}).available())

  expect(failure).toMatchObject({code: 'DOCKER_NOT_RUNNING', exitCode: 3})
})

test('stops a build when the user stops', async () => {
  const abort = new AbortController()
  const stopped = dockerWith({}, abort.signal)
  onTestFinished(() => docker.removeImage(image))

  const failure = await failureOf(
    stopped.build({
      context: await contextWith('FROM scratch\nCOPY file /file\n'),
      platform: 'linux/amd64',
      tags: [image],
      onLine: () => abort.abort(),
    }),
  )

  expect(failure).toMatchObject({code: 'CANCELLED', exitCode: 130})
})
