import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, beforeEach, expect, onTestFinished} from 'vitest'
import {systemClock} from '../../src/local/clock.js'
import type {DockerRuntime, Engine} from '../../src/local/runtime/docker/index.js'
import {connectEngine, createDockerRuntime, engineSocket} from '../../src/local/runtime/docker/index.js'
import type {ContainerSpec, RunningTask, TargetEndpoint, TaskSpec} from '../../src/local/task-runtime.js'
import {importBusybox} from './busybox-image.js'
import {dockerAvailable} from './docker-available.js'

type Container = Partial<ContainerSpec>

export interface ObservedTask {
  readonly task: RunningTask
  readonly taskId: string
  /** Its private address. */
  readonly ip: string
  /** `started web`, `output web: hello`, `exited web {"exitCode":0}` … in the order in which they came. */
  readonly events: string[]
  /** Waits until such an event has come. */
  until(event: string | RegExp): Promise<void>
  /** Where requests to a port of it go. */
  connect(port: number): TargetEndpoint | undefined
}

const identityIn = (folder: string, id: string, pid = process.pid) => ({id, pid, machine: 'test', folder})

/** Each test of the file gets a docker runtime of its own; without an engine they are skipped. */
export async function realTasks() {
  const unavailable = await dockerAvailable()
  const reports: unknown[] = []
  let busybox: Awaited<ReturnType<typeof importBusybox>>
  let folder: string
  let engine: Engine
  let runtime: DockerRuntime
  let servers = 0
  let tasks = 0

  beforeAll(async () => {
    if (unavailable !== undefined) return
    busybox = await importBusybox()
    engine = await connectEngine(engineSocket(process.env))
  })
  afterAll(() => busybox?.remove())
  beforeEach(async ({skip}) => {
    if (unavailable !== undefined) skip(unavailable)
    folder = await mkdtemp(join(tmpdir(), 'runtime-'))
    reports.length = 0
    runtime = createDockerRuntime({
      engine,
      server: identityIn(folder, `test${process.pid}x${++servers}`),
      clock: systemClock(),
      speed: 1,
      imagesFile: join(folder, 'images.json'),
      login: () => ({username: 'AWS', password: 'none'}),
      report: (error) => reports.push(error),
    })
    onTestFinished(async () => {
      await runtime.close()
      await rm(folder, {recursive: true})
    })
  })

  const serverId = () => `test${process.pid}x${servers}`
  return {
    /** What went wrong inside. */
    reports,
    serverId,
    engine: () => engine,
    image: () => busybox.image,
    close: () => runtime.close(),
    identity: (id: string, pid: number) => identityIn(folder, id, pid),
    run(containers: readonly Container[], task: Partial<TaskSpec> = {}): ObservedTask {
      const ip = `10.0.0.${++tasks}`
      const spec = taskOf(ip, tasks, containers, busybox.image)
      const events: string[] = []
      return {
        task: runtime.run(
          {...spec, ...task},
          {
            started: (name) => events.push(`started ${name}`),
            exited: (name, exit) => events.push(`exited ${name} ${JSON.stringify(exit)}`),
            output: (name, line) => events.push(`output ${name}: ${line}`),
            failed: (reason, name) => events.push(`failed ${name}: ${reason}`),
            health: (name, status) => events.push(`${status} ${name}`),
          },
        ),
        taskId: spec.taskId,
        ip,
        events,
        until: (event) =>
          expect
            .poll(() => events, {timeout: 60_000})
            .toContainEqual(typeof event === 'string' ? event : expect.stringMatching(event)),
        connect: (port) => runtime.connect(spec, port),
      }
    },
    /** The ids of what the runtime has in the engine. */
    async labelled(): Promise<string[]> {
      const filter = ['--filter', `label=fargate.local=${serverId()}`]
      const lists = await Promise.all([
        execa('docker', ['ps', '--all', '--quiet', ...filter]),
        execa('docker', ['network', 'ls', '--quiet', ...filter]),
        execa('docker', ['volume', 'ls', '--quiet', ...filter]),
        execa('docker', ['image', 'ls', '--quiet', ...filter]),
      ])
      return lists.flatMap(({stdout}) => (stdout === '' ? [] : stdout.split('\n')))
    },
  }
}

const taskOf = (ip: string, number: number, containers: readonly Container[], image: string): TaskSpec => ({
  account: '000000000000',
  region: 'us-east-1',
  vpcId: 'vpc-1',
  privateIpAddress: ip,
  taskId: String(number).padStart(32, '0'),
  family: 'test',
  hostname: hostnameOf(ip),
  cpu: 1024,
  memoryMib: 64,
  containers: containers.map((container) => ({
    name: 'web',
    image,
    essential: true,
    environment: {},
    containerPorts: [],
    stopTimeoutSeconds: 30,
    ...container,
  })),
})

export const hostnameOf = (ip: string): string => `ip-${ip.replaceAll('.', '-')}.ec2.internal`

export const shell = (script: string): Container => ({command: ['sh', '-c', script]})

/** Answers with its host name on port 8080. */
export const serve: Container = {
  ...shell('mkdir -p /www && hostname > /www/index.html && exec httpd -f -p 8080 -h /www'),
  containerPorts: [8080],
}
