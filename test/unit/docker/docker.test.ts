import {inspect} from 'node:util'
import {expect, test, vi} from 'vitest'
import type {DockerOptions} from '../../../src/docker/docker.js'
import {createDocker} from '../../../src/docker/docker.js'
import type {Files} from '../../../src/docker/files.js'
import {CancelledError, MachineError} from '../../../src/errors/errors.js'
import type {ExpectedRun} from '../../helpers/fake-runner.js'
import {fakeRunner} from '../../helpers/fake-runner.js'

const digest = `sha256:${'ab'.repeat(32)}`
const build = {context: 'app', platform: 'linux/amd64', tags: ['app:v1']} as const
const buildLine = 'docker build --platform linux/amd64 --tag app:v1 app'
const login = {registry: 'r.example', username: 'AWS', password: 'hunter2'}
const loginLine = 'docker login --username AWS --password-stdin r.example'
const inspectLine = 'docker image inspect --format {{.Id}} {{.Os}} {{.Architecture}} app:v1'
const daemonDown = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'

function filesOf(entries: Readonly<Record<string, string>>): Files {
  const folders = new Set(Object.keys(entries).map((path) => path.slice(0, path.lastIndexOf('/'))))
  return {
    kind: async (path) => (path in entries ? 'file' : folders.has(path) ? 'folder' : undefined),
    read: async (path) => entries[path],
  }
}

function setUp(table: readonly ExpectedRun[], options: Partial<DockerOptions> = {}) {
  const runner = fakeRunner(table)
  const shown: string[] = []
  const docker = createDocker({
    runner,
    program: 'docker',
    configFile: '/home/a/.docker/config.json',
    files: filesOf({'app/Dockerfile': ''}),
    onCommand: (commandLine) => shown.push(commandLine),
    ...options,
  })
  return {docker, runner, shown}
}

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('finds a working engine available', async () => {
  const {docker, runner, shown} = setUp([{command: 'docker version', stdout: 'Client:\n'}])

  await docker.available()

  runner.assertDone()
  expect(shown).toEqual([])
})

test.each([
  {name: 'no docker', row: {reason: 'absent'}, code: 'DOCKER_NOT_FOUND'},
  {name: 'no daemon', row: {exitCode: 1, stderr: daemonDown}, code: 'DOCKER_NOT_RUNNING'},
  {
    name: 'no permission',
    row: {exitCode: 1, stderr: 'permission denied while trying to connect to the Docker daemon socket'},
    code: 'DOCKER_PERMISSION',
  },
  {name: 'an unknown failure', row: {exitCode: 9, stderr: 'strange'}, code: 'DOCKER_FAILED'},
] as const)('reports $name', async ({row, code}) => {
  const {docker} = setUp([{command: 'docker version', ...row}])

  const failure = await failureOf(docker.available())

  expect(failure).toBeInstanceOf(MachineError)
  expect(failure).toMatchObject({code, exitCode: 3})
})

test('builds for the platform, without attestations, and passes the output on', async () => {
  const onLine = vi.fn()
  const {docker, runner, shown} = setUp([
    {command: buildLine, lines: ['Step 1/1', 'done']},
    {command: inspectLine, stdout: 'sha256:abc linux amd64\n'},
  ])

  await docker.build({...build, onLine})

  expect(onLine.mock.calls).toEqual([['Step 1/1'], ['done']])
  expect(runner.runs[0]?.options.env).toEqual({BUILDX_NO_DEFAULT_ATTESTATIONS: '1'})
  expect(shown).toEqual([`BUILDX_NO_DEFAULT_ATTESTATIONS=1 ${buildLine}`])
})

test('refuses an image that the builder made for another platform', async () => {
  const {docker} = setUp([{command: buildLine}, {command: inspectLine, stdout: 'sha256:abc linux arm64\n'}])

  expect(await failureOf(docker.build(build))).toMatchObject({
    code: 'IMAGE_PLATFORM_WRONG',
    exitCode: 3,
    message: 'the build of app:v1 gave an image for linux/arm64, not for linux/amd64',
  })
})

test('cannot check an image that the builder keeps to itself', async () => {
  const {docker} = setUp([{command: buildLine}, {command: inspectLine, exitCode: 1, stderr: 'No such image: app:v1'}])

  await expect(docker.build(build)).resolves.toBeUndefined()
})

test('runs nothing when there is no Dockerfile', async () => {
  const {docker, runner} = setUp([], {files: filesOf({'app/other': ''})})

  expect(await failureOf(docker.build(build))).toMatchObject({code: 'DOCKERFILE_NOT_FOUND', exitCode: 2})
  runner.assertDone()
})

test('shows the end of the output of both streams when a build fails, streamed or not', async () => {
  const lines = ['Step 1/2 : FROM scratch', 'COPY failed: file not found in build context']
  const {docker} = setUp([{command: buildLine, exitCode: 1, lines}])

  const failure = await failureOf(docker.build(build))

  expect(failure).toMatchObject({
    code: 'IMAGE_BUILD_FAILED',
    message: expect.stringContaining(lines.map((line) => `\n  ${line}`).join('')),
    details: {output: lines},
  })
})

test('blames the engine, not the image, when the engine is down', async () => {
  const {docker} = setUp([{command: buildLine, exitCode: 1, stderr: daemonDown}])

  expect(await failureOf(docker.build(build))).toMatchObject({code: 'DOCKER_NOT_RUNNING'})
})

test('returns the digest of a pushed image', async () => {
  const onLine = vi.fn()
  const stdout = `The push refers to repository [r.example/app]\nv1: digest: ${digest} size: 528\n`
  const {docker} = setUp([{command: 'docker push r.example/app:v1', stdout}])

  expect(await docker.push({reference: 'r.example/app:v1', onLine})).toEqual({digest})
  expect(onLine).toHaveBeenCalledTimes(2)
})

test('returns no digest where the program prints none', async () => {
  const {docker} = setUp(
    [{command: 'podman push r.example/app:v1', stderr: 'Writing manifest to image destination\n'}],
    {program: 'podman'},
  )

  expect(await docker.push({reference: 'r.example/app:v1'})).toEqual({digest: undefined})
})

test('explains a push that is refused', async () => {
  const {docker} = setUp([{command: 'docker push r.example/app:v1', exitCode: 1, stderr: 'no basic auth credentials'}])

  expect(await failureOf(docker.push({reference: 'r.example/app:v1'}))).toMatchObject({code: 'IMAGE_PUSH_FAILED'})
})

test('gives the password of a login to standard input only', async () => {
  const {docker, runner, shown} = setUp([{command: loginLine}])

  await docker.login(login)

  expect(runner.runs[0]?.options.input).toBe('hunter2')
  expect(runner.runs[0]?.command).not.toContain('hunter2')
  expect(shown).toEqual([loginLine])
})

test('shows the password nowhere when a login fails and docker repeats it', async () => {
  const {docker} = setUp([{command: loginLine, exitCode: 1, stderr: 'bad password hunter2', stdout: 'hunter2'}])

  const failure = await failureOf(docker.login(login))

  expect(failure).toMatchObject({code: 'REGISTRY_LOGIN_FAILED', message: expect.stringContaining('bad password ***')})
  expect(inspect(failure, {depth: 9})).not.toContain('hunter2')
})

test.each(['{"credHelpers": {"r.example": "ecr-login"}}', '{"credsStore": "ecr-login"}'])(
  'does not log in when a helper serves the registry: %s',
  async (config) => {
    const {docker, runner, shown} = setUp([], {files: filesOf({'/home/a/.docker/config.json': config})})

    await docker.login(login)

    runner.assertDone()
    expect(shown).toEqual([])
  },
)

test('logs in beside a helper for another registry', async () => {
  const config = '{"credHelpers": {"other.example": "ecr-login"}}'
  const {docker, runner} = setUp([{command: loginLine}], {files: filesOf({'/home/a/.docker/config.json': config})})

  await docker.login(login)

  runner.assertDone()
})

test('tells the architecture of an image', async () => {
  const {docker, shown} = setUp([{command: inspectLine, stdout: 'sha256:abc linux arm64\n'}])

  expect(await docker.inspect('app:v1')).toEqual({id: 'sha256:abc', os: 'linux', architecture: 'arm64'})
  expect(shown).toEqual([])
})

test.each([
  'Error response from daemon: no such image: app:v1: No such image: app:v1',
  'Error: inspecting object: app:v1: image not known',
])('finds no image: %s', async (stderr) => {
  const {docker} = setUp([
    {command: inspectLine, exitCode: 1, stdout: '[]', stderr},
    {command: 'docker image rm app:v1', exitCode: 1, stderr},
  ])

  expect(await docker.inspect('app:v1')).toBeUndefined()
  await expect(docker.removeImage('app:v1')).resolves.toBeUndefined()
})

test('fails on an image that cannot be removed', async () => {
  const stderr = 'Error response from daemon: conflict: unable to remove repository reference "app:v1"'
  const {docker} = setUp([{command: 'docker image rm app:v1', exitCode: 1, stderr}])

  expect(await failureOf(docker.removeImage('app:v1'))).toMatchObject({
    code: 'DOCKER_FAILED',
    message: `docker image rm app:v1 failed\n  ${stderr}`,
  })
})

test('tags', async () => {
  const {docker, runner, shown} = setUp([{command: 'docker tag app:v1 r.example/app:v1'}])

  await docker.tag('app:v1', 'r.example/app:v1')

  runner.assertDone()
  expect(shown).toEqual(['docker tag app:v1 r.example/app:v1'])
})

test.each(['of the adapter', 'of the run'])('passes the signal %s on', async (which) => {
  const [adapter, run] = [new AbortController(), new AbortController()]
  const {docker, runner} = setUp([{command: 'docker push x'}, {command: buildLine}, {command: inspectLine}], {
    signal: adapter.signal,
  })

  await docker.push({reference: 'x', signal: run.signal})
  await docker.build({...build, signal: run.signal})
  const signals = runner.runs.slice(0, 2).map(({options}) => options.signal)
  expect(signals.map((signal) => signal?.aborted)).toEqual([false, false])
  const stopped = which === 'of the run' ? run : adapter
  stopped.abort()

  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true])
})

test('reports a stop by the user as such', async () => {
  const {docker} = setUp([{command: buildLine, reason: 'cancelled'}])

  const failure = await failureOf(docker.build(build))

  expect(failure).toBeInstanceOf(CancelledError)
  expect(failure).toMatchObject({exitCode: 130, message: 'Cancelled while building the image'})
})
