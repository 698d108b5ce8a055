import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import type {DockerRuntime} from '../../../../../src/local/runtime/docker/index.js'
import {connectEngine, createDockerRuntime} from '../../../../../src/local/runtime/docker/index.js'
import type {ContainerSpec, RunningTask, TaskSpec} from '../../../../../src/local/task-runtime.js'
import type {FakeEngine} from './fake-engine.js'
import {startFakeEngine} from './fake-engine.js'

let engine: FakeEngine
let runtime: DockerRuntime
let clock: VirtualClock
let reports: unknown[]

beforeEach(async () => {
  engine = await startFakeEngine()
  clock = new VirtualClock()
  reports = []
  runtime = createDockerRuntime({
    engine: await connectEngine(engine.socket),
    clock,
    speed: 10,
    server: {id: 's1', machine: 'here', pid: 1, folder: '/state'},
    imagesFile: join(engine.socket, '..', 'images.json'),
    login: () => ({username: 'AWS', password: 'secret'}),
    report: (error) => reports.push(error),
  })
  engine.images.set('web:1', {Id: 'sha256:web', Os: 'linux', Architecture: 'amd64'})
})

afterEach(() => engine.stop())

interface Observed {
  readonly task: RunningTask
  readonly events: string[]
  until(event: string): Promise<void>
}

/** Where a task of these tests is reached. */
const where = (privateIpAddress: string) => ({
  account: '000000000000',
  region: 'us-east-1',
  vpcId: 'vpc-1',
  privateIpAddress,
})

function run(containers: readonly Partial<ContainerSpec>[] = [{}], task: Partial<TaskSpec> = {}): Observed {
  const events: string[] = []
  const running = runtime.run(
    {
      taskId: 't1',
      family: 'web',
      ...where('10.0.0.1'),
      hostname: 'ip-10-0-0-1.ec2.internal',
      cpu: 4096,
      memoryMib: 8192,
      containers: containers.map((container) => ({
        name: 'web',
        image: 'web:1',
        essential: true,
        environment: {A: 'b'},
        containerPorts: [80],
        stopTimeoutSeconds: 30,
        ...container,
      })),
      ...task,
    },
    {
      started: (name) => events.push(`started ${name}`),
      exited: (name, exit) => events.push(`exited ${name} ${JSON.stringify(exit)}`),
      output: (name, line) => events.push(`output ${name}: ${line}`),
      failed: (reason, name) => events.push(`failed ${name}: ${reason}`),
      health: (name, status) => events.push(`${status} ${name}`),
    },
  )
  return {task: running, events, until: (event) => expect.poll(() => events, {timeout: 5000}).toContain(event)}
}

const bodyOf = (name: string) =>
  engine.named('POST /containers/create').find(({query}) => query.get('name') === `fargate-s1-t1-${name}`)?.body

test('a container of its own holds the network of a task, with its ports on loopback only', async () => {
  const {until} = run([{}, {name: 'side', containerPorts: [81]}])
  await until('started side')

  expect(bodyOf('network')).toMatchObject({
    Image: 'fargate-local-pause:s1',
    Hostname: 'ip-10-0-0-1.ec2.internal',
    Labels: {'fargate.local': 's1', 'fargate.local.task': 't1'},
    ExposedPorts: {'80/tcp': {}, '81/tcp': {}},
    HostConfig: {
      NetworkMode: 'network-1',
      PortBindings: {
        '80/tcp': [{HostIp: '127.0.0.1', HostPort: ''}],
        '81/tcp': [{HostIp: '127.0.0.1', HostPort: ''}],
      },
    },
  })
  for (const name of ['web', 'side']) {
    expect(bodyOf(name)).toMatchObject({HostConfig: {NetworkMode: 'container:fargate-s1-t1-network'}})
  }
  expect(runtime.connect(where('10.0.0.1'), 80)).toEqual({kind: 'address', host: '127.0.0.1', port: 32768})
  expect(runtime.connect(where('10.0.0.1'), 81)).toEqual({kind: 'refused'})
  expect(runtime.connect(where('10.0.0.2'), 80)).toBeUndefined()
})

test('a container gets what its definition says, and no more CPUs than there are', async () => {
  const {until} = run(
    [
      {
        command: ['serve'],
        cpu: 512,
        memoryMib: 100,
        user: '7',
        mounts: [{volume: 'scratch', path: '/s', readOnly: true}],
        healthCheck: {
          command: ['CMD', 'true'],
          intervalSeconds: 30,
          timeoutSeconds: 5,
          retries: 3,
          startPeriodSeconds: 0,
        },
      },
      {name: 'side', volumesFrom: [{container: 'web', readOnly: true}]},
    ],
    {volumes: ['scratch']},
  )
  await until('started side')

  expect(bodyOf('web')).toMatchObject({
    Image: 'sha256:web',
    Cmd: ['serve'],
    Env: ['A=b'],
    User: '7',
    Healthcheck: {Test: ['CMD', 'true'], Interval: 3e9, Timeout: 5e9, StartPeriod: 81e9, Retries: 3},
    HostConfig: {
      Memory: 100 * 1024 * 1024,
      MemorySwap: 100 * 1024 * 1024,
      CpuShares: 512,
      NanoCpus: 2e9,
      Mounts: [{Type: 'volume', Source: 'fargate-s1-t1-volume-scratch', Target: '/s', ReadOnly: true}],
    },
  })
  expect(bodyOf('web')).not.toHaveProperty('Entrypoint')
  expect(bodyOf('side')).toMatchObject({
    Healthcheck: {Test: ['NONE']},
    HostConfig: {Memory: 8192 * 1024 * 1024, VolumesFrom: ['fargate-s1-t1-web:ro']},
  })
})

test('an image of the local registry is pulled by digest with a login, once for two tasks', async () => {
  const imageSource = '127.0.0.1:4566/000000000000/us-east-1/web@sha256:abc'
  engine.answerWith((call) => {
    if (call.name !== 'POST /images/create' || call.query.has('fromSrc')) return undefined
    engine.images.set(imageSource, {Id: 'sha256:pulled', Os: 'linux', Architecture: 'amd64'})
    return {status: 200, body: {status: 'Pulling'}}
  })
  const tasks = [run([{imageSource}]), run([{imageSource}], {taskId: 't2', privateIpAddress: '10.0.0.2'})]
  for (const {until} of tasks) await until('started web')

  const pulls = engine.named('POST /images/create').filter(({query}) => !query.has('fromSrc'))
  expect(pulls).toHaveLength(1)
  expect(Object.fromEntries(pulls[0]?.query ?? [])).toEqual({
    fromImage: '127.0.0.1:4566/000000000000/us-east-1/web',
    tag: 'sha256:abc',
    platform: 'linux/amd64',
  })
  const auth = String(pulls[0]?.headers['x-registry-auth'])
  expect(JSON.parse(Buffer.from(auth, 'base64url').toString())).toEqual({username: 'AWS', password: 'secret'})
  expect(bodyOf('web')).toMatchObject({Image: 'sha256:pulled'})
})

test('closing removes the images that it brought, and not those that were there', async () => {
  engine.answerWith((call) => {
    if (call.query.get('fromImage') !== 'redis') return undefined
    engine.images.set('redis:7', {Id: 'sha256:redis', Os: 'linux', Architecture: 'amd64'})
    return {status: 200}
  })
  const {until} = run([{}, {name: 'cache', image: 'redis:7'}])
  await until('started cache')

  await runtime.close()

  expect(engine.named(/^DELETE \/images/).map(({name}) => name)).toEqual(['DELETE /images/redis:7'])
  expect(
    engine
      .named(/^DELETE \/containers/)
      .map(({name}) => name.slice('DELETE /containers/'.length))
      .sort(),
  ).toEqual(['fargate-s1-t1-cache', 'fargate-s1-t1-network', 'fargate-s1-t1-web'])
  expect(reports).toEqual([])
})

test('an error within the progress of a pull fails the task, and the others end without an exit code', async () => {
  engine.answerWith(({query}) =>
    query.get('fromImage') === 'none' ? {status: 200, body: {error: 'manifest unknown'}} : undefined,
  )
  const {task, until} = run([{}, {name: 'side', image: 'none'}])
  await until(
    'failed side: CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref' +
      ' docker.io/library/none:latest: docker.io/library/none:latest: not found',
  )

  task.stop()

  await until('exited web {}')
})

test('an image for another platform than the engine has it is refused', async () => {
  const {until} = run([{}], {platform: {os: 'linux', architecture: 'arm64'}})

  await until(
    'failed web: CannotPullContainerError: pull image manifest has been retried 7 time(s):' +
      " image Manifest does not contain descriptor matching platform 'linux/arm64'",
  )
})

test('what the engine says when a container does not start is the reason', async () => {
  engine.answerWith(({name}) =>
    name.endsWith('-web/start') ? {status: 400, body: {message: 'exec: "x": not found'}} : undefined,
  )
  const {until} = run()

  await until(
    'failed web: CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task:' +
      ' exec: "x": not found',
  )
})

test('an engine that cannot make the network fails the task; the next one tries again', async () => {
  let refused = 0
  engine.answerWith(({name}) => {
    if (name !== 'POST /networks/create' || refused > 0) return undefined
    refused++
    return {status: 500, body: {message: 'no address pool'}}
  })
  await run().until('failed undefined: CannotCreateContainerError: no address pool')

  await run([{}], {taskId: 't2', privateIpAddress: '10.0.0.2'}).until('started web')
})

test('output comes as lines, the last one before the exit', async () => {
  const {events, until} = run()
  await until('started web')

  await engine.print('web', 'one\ntw')
  await until('output web: one')
  await engine.print('web', 'o\nrest')
  await engine.exit('web', 3)
  await until('exited web {"exitCode":3}')

  expect(events).toEqual([
    'started web',
    'output web: one',
    'output web: two',
    'output web: rest',
    'exited web {"exitCode":3}',
  ])
})

test('a killed container is looked at again, since the engine learns later that memory ran out', async () => {
  const {events, until} = run()
  await until('started web')

  await engine.exit('web', 137)
  await expect.poll(() => engine.named(/-web\/json$/)).toHaveLength(1)
  expect(events).toEqual(['started web'])
  engine.runOutOfMemory('web')
  await clock.advance(2_000)

  await until('exited web {"exitCode":137,"reason":"OutOfMemoryError: Container killed due to memory usage"}')
})

test('containers stop before those that they depend on, with their stop timeout in the time of AWS', async () => {
  const {task, until} = run([
    {name: 'app', dependsOn: [{container: 'database', condition: 'START'}], stopTimeoutSeconds: 120},
    {name: 'database'},
  ])
  await until('started app')

  task.stop()
  task.stop()
  await expect
    .poll(() => engine.named(/\/stop$/).map(({name}) => name))
    .toEqual(['POST /containers/fargate-s1-t1-app/stop'])
  await engine.exit('app', 143)
  await expect.poll(() => engine.named(/\/stop$/).map(({name}) => name)).toHaveLength(2)

  expect(engine.named(/\/stop$/).map(({query}) => query.get('t'))).toEqual(['12', '3'])
  await engine.exit('database', 0)
  await until('exited database {"exitCode":0}')
})

test('verdicts of health checks are passed on, also after the stream of events has broken off', async () => {
  const healthCheck = {
    command: ['CMD', 'true'],
    intervalSeconds: 30,
    timeoutSeconds: 5,
    retries: 3,
    startPeriodSeconds: 0,
  }
  const {until} = run([{healthCheck}])
  await until('started web')
  const event = (verdict: string) => ({
    Action: `health_status: ${verdict}`,
    Actor: {ID: 'fargate-s1-t1-web'},
    timeNano: 1_700_000_000_000_000_000,
  })
  await expect.poll(() => engine.named('GET /events')).toHaveLength(1)

  engine.sendEvent({...event('healthy'), Actor: {ID: 'another'}})
  engine.sendEvent(event('healthy'))
  await until('HEALTHY web')
  engine.endEvents()
  await expect
    .poll(async () => {
      await clock.advance(5_000)
      return engine.named('GET /events').length
    })
    .toBe(2)
  expect(engine.named('GET /events')[1]?.query.get('since')).toBe('1700000000.000000000')
  engine.sendEvent(event('unhealthy'))
  await until('UNHEALTHY web')
})

test('a task that is disposed of is gone, and reports nothing any more', async () => {
  const {task, events, until} = run([{}], {volumes: ['scratch']})
  await until('started web')

  task.dispose()
  await expect
    .poll(() => engine.named(/^DELETE/).map(({name}) => name))
    .toEqual([
      'DELETE /containers/fargate-s1-t1-web',
      'DELETE /containers/fargate-s1-t1-network',
      'DELETE /volumes/fargate-s1-t1-volume-scratch',
    ])

  expect(runtime.connect(where('10.0.0.1'), 80)).toBeUndefined()
  expect(events).toEqual(['started web'])
})

test('an engine that goes away ends the tasks with a reason', async () => {
  const {until, events} = run()
  await until('started web')
  engine.answerWith(({name}) => (name.endsWith('-web/json') ? {status: 500, body: {message: 'gone'}} : undefined))

  await engine.exit('web', 0)

  await expect.poll(() => events).toContain('exited web {"reason":"CannotInspectContainerError: gone"}')
  expect(reports).toHaveLength(1)
})

test.each([
  ['1.41', '1.12', '/v1.41/'],
  ['1.52', '1.44', '/v1.44/'],
  ['1.60', '1.50', '/v1.50/'],
])('an engine with the API %s, at least %s, is spoken to at %s', async (ApiVersion, MinAPIVersion, prefix) => {
  Object.assign(engine.version, {ApiVersion, MinAPIVersion})
  const paths: string[] = []
  engine.answerWith((call) => {
    paths.push(call.path)
    return undefined
  })

  await (await connectEngine(engine.socket)).startContainer('x')

  expect(paths.at(-1)).toBe(`${prefix}containers/x/start`)
})

test('an engine of Windows containers is refused, and a socket where nothing answers named', async () => {
  Object.assign(engine.version, {Os: 'windows'})

  await expect(connectEngine(engine.socket)).rejects.toThrow('the docker engine runs windows containers')
  await expect(connectEngine('/none.sock')).rejects.toThrow('the docker engine does not answer at /none.sock: ')
})
