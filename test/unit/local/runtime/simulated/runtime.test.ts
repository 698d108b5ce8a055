import {describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../../../src/local/clock.js'
import type {ImageConfig} from '../../../../../src/local/ports.js'
import {behaviourOf} from '../../../../../src/local/runtime/simulated/behaviour.js'
import {createSimulatedRuntime} from '../../../../../src/local/runtime/simulated/index.js'
import type {ContainerSpec, TaskSpec} from '../../../../../src/local/task-runtime.js'

const imageConfig = (config: Partial<ImageConfig>): ImageConfig => ({
  entrypoint: [],
  cmd: [],
  env: [],
  labels: {},
  ...config,
})

const spec = (overrides: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name: 'web',
  image: 'web:1',
  essential: true,
  environment: {},
  containerPorts: [80],
  stopTimeoutSeconds: 30,
  ...overrides,
})

/** Where a task of these tests is reached. */
const where = (privateIpAddress: string) => ({
  account: '000000000000',
  region: 'us-east-1',
  vpcId: 'vpc-1',
  privateIpAddress,
})

const task = (...containers: ContainerSpec[]): TaskSpec => ({
  taskId: 'task-1',
  family: 'web',
  ...where('10.0.0.5'),
  cpu: 256,
  memoryMib: 512,
  containers,
})

function start(...containers: ContainerSpec[]) {
  const clock = new VirtualClock()
  const runtime = createSimulatedRuntime({clock})
  const log: string[] = []
  const running = runtime.run(task(...containers), {
    started: (name) => log.push(`${name} started`),
    exited: (name, {exitCode}) => log.push(`${name} exited ${exitCode}`),
    output: (name, line) => log.push(`${name}: ${line}`),
    health: (name, status) => log.push(`${name} ${status}`),
  })
  return {clock, runtime, log, running}
}

describe('what a command means', () => {
  test.each<[string, Partial<ContainerSpec>, ReturnType<typeof behaviourOf>['exit']]>([
    ['true', {command: ['true']}, {exitCode: 0, afterSeconds: 1}],
    ['false', {command: ['/bin/false']}, {exitCode: 1, afterSeconds: 1}],
    ['exit 4', {command: ['exit', '4']}, {exitCode: 4, afterSeconds: 1}],
    ['sh -c "exit 5"', {command: ['sh', '-c', 'exit 5']}, {exitCode: 5, afterSeconds: 1}],
    ['sleep 90', {command: ['sleep', '90']}, {exitCode: 0, afterSeconds: 90}],
    [
      'an entry point with a command',
      {entryPoint: ['/bin/sh', '-c'], command: ['exit 6']},
      {exitCode: 6, afterSeconds: 1},
    ],
    ["the image's command", {imageConfig: imageConfig({cmd: ['false']})}, {exitCode: 1, afterSeconds: 1}],
    [
      "an entry point drops the image's command",
      {entryPoint: ['serve'], imageConfig: imageConfig({cmd: ['false']})},
      undefined,
    ],
    ['any other', {command: ['node', 'server.js']}, undefined],
    [
      'labels before commands',
      {command: ['false'], imageConfig: imageConfig({labels: {'fargate.simulate.exit-code': '9'}})},
      {exitCode: 9, afterSeconds: 1},
    ],
  ])('%s', (_, overrides, exit) => {
    expect(behaviourOf(spec(overrides)).exit).toEqual(exit)
  })
})

test('a container starts, says that it is simulated, and runs on', async () => {
  const {clock, log} = start(spec())
  expect(log).toEqual([])
  await clock.advance(3_600_000)
  expect(log).toEqual(['web started', expect.stringMatching(/^web: .*simulated/)])
})

test('a container prints the lines of its label and exits as its labels say', async () => {
  const labels = {
    'fargate.simulate.output': 'one\ntwo',
    'fargate.simulate.exit-code': '2',
    'fargate.simulate.exit-after': '30',
  }
  const {clock, log} = start(spec({imageConfig: imageConfig({labels})}))
  await clock.advance(29_000)
  expect(log.slice(2)).toEqual(['web: one', 'web: two'])
  await clock.advance(2_000)
  expect(log.at(-1)).toBe('web exited 2')
})

test('SIGTERM ends every container with 143 within its stop timeout, one that has not started too', async () => {
  const {clock, log, running} = start(spec(), spec({name: 'proxy', command: ['true']}))
  await clock.advance(10_000)
  running.stop()
  await clock.advance(30_000)
  expect(log.filter((line) => line.includes('exited'))).toEqual(['proxy exited 0', 'web exited 143'])

  const early = start(spec())
  early.running.stop()
  expect(early.log).toEqual(['web exited 143'])
})

describe('connecting', () => {
  const request = {method: 'GET', path: '/', headers: {}}

  test('answers on the ports of a container that runs, and nowhere else', async () => {
    const {clock, runtime} = start(spec())
    expect(runtime.connect(where('10.0.0.5'), 80)).toEqual({kind: 'refused'})
    await clock.advance(1_000)
    expect(runtime.connect(where('10.0.0.5'), 81)).toEqual({kind: 'refused'})
    expect(runtime.connect(where('10.0.0.6'), 80)).toBeUndefined()
    const endpoint = runtime.connect(where('10.0.0.5'), 80)
    const response = endpoint?.kind === 'simulated' ? endpoint.respond(request) : undefined
    expect(response).toMatchObject({status: 200})
    expect(response?.body).toMatch(/simulated.*task-1.*web:1/i)
  })

  test('answers with the status and body of the labels', async () => {
    const labels = {'fargate.simulate.status': '503', 'fargate.simulate.response': 'not yet'}
    const {clock, runtime} = start(spec({imageConfig: imageConfig({labels})}))
    await clock.advance(1_000)
    const endpoint = runtime.connect(where('10.0.0.5'), 80)
    expect(endpoint?.kind === 'simulated' && endpoint.respond(request)).toMatchObject({status: 503, body: 'not yet'})
  })

  test.each([
    ['account', {account: '111111111111'}],
    ['region', {region: 'eu-west-1'}],
    ['VPC', {vpcId: 'vpc-2'}],
  ])('keeps tasks with the same address apart that are in another %s', async (_, elsewhere) => {
    const {clock, runtime, running} = start(spec())
    const events = {started: () => undefined, exited: () => undefined, output: () => undefined}
    runtime.run({...task(spec()), ...elsewhere, taskId: 'task-2'}, events)
    await clock.advance(1_000)
    const answering = (place: Partial<TaskSpec>) => {
      const endpoint = runtime.connect({...where('10.0.0.5'), ...place}, 80)
      return endpoint?.kind === 'simulated' ? endpoint.respond(request).body : undefined
    }

    expect(answering({})).toContain('task-1')
    expect(answering(elsewhere)).toContain('task-2')
    running.dispose()
    expect(answering({})).toBeUndefined()
    expect(answering(elsewhere)).toContain('task-2')
  })

  test('finds nothing once the container has exited or the task is disposed of', async () => {
    const {clock, runtime} = start(spec({command: ['sleep', '5']}))
    await clock.advance(10_000)
    expect(runtime.connect(where('10.0.0.5'), 80)).toEqual({kind: 'refused'})
    const other = start(spec())
    await other.clock.advance(1_000)
    other.running.dispose()
    await other.clock.advance(60_000)
    expect(other.runtime.connect(where('10.0.0.5'), 80)).toBeUndefined()
    expect(other.log).toHaveLength(2)
  })
})

test('a container health check is reported after its interval, or fails as its label says', async () => {
  const healthCheck = {
    command: ['CMD', 'true'],
    intervalSeconds: 10,
    timeoutSeconds: 5,
    retries: 3,
    startPeriodSeconds: 0,
  }
  const good = start(spec({healthCheck}))
  await good.clock.advance(11_000)
  expect(good.log.at(-1)).toBe('web HEALTHY')
  const bad = start(spec({healthCheck, imageConfig: imageConfig({labels: {'fargate.simulate.health': 'unhealthy'}})}))
  await bad.clock.advance(29_000)
  expect(bad.log).toHaveLength(2)
  await bad.clock.advance(3_000)
  expect(bad.log.at(-1)).toBe('web UNHEALTHY')
})
