import {execa} from 'execa'
import {expect, onTestFinished, test} from 'vitest'
import {removeLeftovers} from '../../src/local/runtime/docker/index.js'
import type {ObservedTask} from '../helpers/real-tasks.js'
import {hostnameOf, realTasks, serve, shell} from '../helpers/real-tasks.js'

const {run, reports, labelled, identity, image, engine, close} = await realTasks()

async function bodyOf({connect, ip}: ObservedTask, port: number): Promise<string> {
  const endpoint = connect(port)
  if (endpoint?.kind !== 'address') throw new Error(`nothing answers at ${ip}:${port}`)
  expect(endpoint.host).toBe('127.0.0.1')
  return (await (await fetch(`http://${endpoint.host}:${endpoint.port}/`)).text()).trim()
}

test('two tasks listen on the same port, each under its own name', async () => {
  const tasks = [run([serve]), run([serve])]
  await Promise.all(tasks.map(({until}) => until('started web')))

  const bodies = await Promise.all(tasks.map((task) => bodyOf(task, 8080)))

  expect(bodies).toEqual(tasks.map(({ip}) => hostnameOf(ip)))
  expect(tasks[0]?.connect(9090)).toEqual({kind: 'refused'})
})

test('containers of a task reach each other on localhost', async () => {
  const sidecar = shell('until wget -q -O - http://localhost:8080/; do sleep 0.1; done')
  const {until, ip} = run([serve, {name: 'side', essential: false, ...sidecar}])

  await until(`output side: ${hostnameOf(ip)}`)
  await until('exited side {"exitCode":0}')
})

test('reports the output to its last byte, and then the exit code', async () => {
  const {events, until} = run([shell('echo first; echo second >&2; echo; printf unfinished; exit 7')])

  await until('exited web {"exitCode":7}')

  const lines = events.filter((event) => event.startsWith('output'))
  expect(new Set(lines)).toEqual(new Set(['output web: first', 'output web: second', 'output web: unfinished']))
  expect(events[0]).toBe('started web')
  expect(events.at(-1)).toBe('exited web {"exitCode":7}')
})

test('a container that wants more memory than it has is killed, and the reason says so', async () => {
  const {until} = run([{...shell('x=x; while true; do x=$x$x; done'), memoryMib: 16}])

  await until('exited web {"exitCode":137,"reason":"OutOfMemoryError: Container killed due to memory usage"}')
})

test('a command that the image does not have cannot be started', async () => {
  const {until, events} = run([{command: ['no-such-program']}])

  await until(/^failed web: CannotStartContainerError: ResourceInitializationError: .*"no-such-program"/)
  expect(events).toHaveLength(1)
})

test('an image that cannot be pulled fails the task', async () => {
  const {until} = run([{image: '127.0.0.1:1/none:v1'}])

  await until(
    /^failed web: CannotPullContainerError: pull image manifest has been retried 5 time\(s\): failed to resolve ref 127.0.0.1:1\/none:v1: .*connection refused/,
  )
})

test('an image of another platform fails the task', async () => {
  const platform = {os: 'linux', architecture: 's390x'}
  const {until} = run([{image: image()}], {platform})

  await until(
    /^failed web: CannotPullContainerError: .*(matching platform 'linux\/s390x'|pull access denied|no such host)/,
  )
})

test('SIGTERM lets a container end in good order; one that does not listen is killed after its stop timeout', async () => {
  const polite = shell('trap "echo bye; exit 3" TERM; echo ready; while true; do sleep 0.1; done')
  const deaf = shell('trap "" TERM; echo ready; while true; do sleep 0.1; done')
  const {task, until, events} = run([
    {name: 'polite', ...polite},
    {name: 'deaf', ...deaf, stopTimeoutSeconds: 2},
  ])
  await Promise.all([until('output polite: ready'), until('output deaf: ready')])

  task.stop()
  await Promise.all([until('exited polite {"exitCode":3}'), until('exited deaf {"exitCode":137}')])

  expect(events).toContain('output polite: bye')
  expect(events.indexOf('exited polite {"exitCode":3}')).toBeLessThan(events.indexOf('exited deaf {"exitCode":137}'))
})

test('a container waits for others to succeed or to be healthy, and shares a volume with them', async () => {
  const healthCheck = {
    command: ['CMD', 'cat', '/tmp/ready'],
    intervalSeconds: 1,
    timeoutSeconds: 5,
    retries: 30,
    startPeriodSeconds: 0,
  }
  const mounts = [{volume: 'shared', path: '/shared', readOnly: false}]
  const {until, events} = run(
    [
      {
        name: 'app',
        ...shell('cat /shared/note; echo x > /shared/note || echo read-only'),
        mounts: [{volume: 'shared', path: '/shared', readOnly: true}],
        dependsOn: [
          {container: 'init', condition: 'SUCCESS'},
          {container: 'database', condition: 'HEALTHY'},
        ],
      },
      {name: 'init', essential: false, ...shell('echo prepared > /shared/note'), mounts},
      {name: 'database', ...shell('sleep 1; echo > /tmp/ready; sleep 1000'), healthCheck},
    ],
    {volumes: ['shared']},
  )

  await until(/^exited app/)

  const order = ['exited init {"exitCode":0}', 'HEALTHY database', 'started app', 'output app: prepared']
  expect(events.filter((event) => order.includes(event))).toEqual(expect.arrayContaining(order))
  expect(events.indexOf('started app')).toBeGreaterThan(events.indexOf('HEALTHY database'))
  expect(events).toContain('output app: read-only')
})

test('a container whose dependency fails never runs', async () => {
  const {until, events} = run([
    {name: 'app', command: ['true'], dependsOn: [{container: 'init', condition: 'SUCCESS'}]},
    {name: 'init', essential: false, command: ['false']},
  ])

  await until(/^exited app \{"reason":"dependency graph: .*\[init\] for target \[app\]/)
  expect(events).not.toContain('started app')
})

test('a failing health check is reported', async () => {
  const healthCheck = {
    command: ['CMD', 'false'],
    intervalSeconds: 1,
    timeoutSeconds: 5,
    retries: 1,
    startPeriodSeconds: 0,
  }
  const {until} = run([{...shell('sleep 1000'), healthCheck}])

  await until('UNHEALTHY web')
})

test('disposing of a task removes it at once, and closing removes everything', async () => {
  const {task, until, events} = run([shell('sleep 1000')], {volumes: ['scratch']})
  await until('started web')
  expect(await labelled()).toHaveLength(5)

  task.dispose()
  await expect.poll(() => labelled(), {timeout: 30_000}).toHaveLength(2)
  await close()

  expect(await labelled()).toEqual([])
  expect(events).toEqual(['started web'])
  expect(reports).toEqual([])
})

test('a task that is disposed of while it starts leaves nothing', async () => {
  run([serve, {name: 'side', command: ['true']}]).task.dispose()

  await close()

  expect(await labelled()).toEqual([])
})

test('what a killed server has left is removed, and nothing else', async () => {
  const {until} = run([shell('sleep 1000')])
  await until('started web')
  const foreign = await execa('docker', ['run', '--detach', '--network=none', image(), 'sleep', '1000'])
  onTestFinished(async () => {
    await execa('docker', ['rm', '--force', foreign.stdout])
  })
  const next = {...identity('next', process.pid + 1), folder: 'another'}
  const problems: unknown[] = []
  const report = (error: unknown) => problems.push(error)

  await removeLeftovers({engine: engine(), server: next, report}, () => true)
  expect(await labelled()).not.toEqual([])
  await removeLeftovers({engine: engine(), server: next, report}, () => false)

  expect(await labelled()).toEqual([])
  expect((await execa('docker', ['ps', '--quiet', '--no-trunc'])).stdout).toContain(foreign.stdout)
  expect(problems).toEqual([])
})
