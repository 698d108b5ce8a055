import {execa} from 'execa'
import {expect, test} from 'vitest'
import {probe} from '../../src/local/balancer/probe.js'
import {realTasks, serve, shell} from '../helpers/real-tasks.js'

const {run, serverId} = await realTasks()

const tcpCheck = {protocol: 'TCP', authority: 'target', path: '/', matcher: '200', timeoutMs: 5_000}

test('a TCP health check fails until something listens behind the published port', async () => {
  const {until, connect, taskId} = run([
    {...shell('until [ -e /tmp/go ]; do sleep 0.1; done; exec httpd -f -p 8080'), containerPorts: [8080]},
  ])
  await until('started web')
  const check = () => probe(connect(8080), tcpCheck)

  expect(await check()).toMatchObject({passed: false, reason: 'Target.FailedHealthChecks'})
  await execa('docker', ['exec', `fargate-${serverId()}-${taskId}-web`, 'sh', '-c', 'echo > /tmp/go'])

  await expect.poll(check, {timeout: 30_000}).toEqual({passed: true})
})

test('TCP and UDP ports are published on loopback only', async () => {
  const {until, connect, taskId} = run([{...serve, udpPorts: [5353]}])
  await until('started web')

  const {stdout} = await execa('docker', ['port', `fargate-${serverId()}-${taskId}-network`])

  const published = stdout.split('\n').map((line) => line.replace(/\d+$/, 'N'))
  expect(published.sort()).toEqual(['5353/udp -> 127.0.0.1:N', '8080/tcp -> 127.0.0.1:N'])
  expect(connect(5353)).toEqual({kind: 'refused'})
})

test('kernel parameters of the network count for all containers of a task', async () => {
  const read = shell('cat /proc/sys/net/core/somaxconn')
  const {until} = run([
    {...read, systemControls: {'net.core.somaxconn': '2048', 'kernel.msgmax': '16384'}},
    {name: 'side', essential: false, ...shell('cat /proc/sys/net/core/somaxconn /proc/sys/kernel/msgmax')},
  ])

  await until('output web: 2048')
  await until('output side: 2048')
})

test('who waits for a container longer than its start timeout never runs', async () => {
  const {until, events} = run([
    {name: 'app', command: ['true'], dependsOn: [{container: 'init', condition: 'SUCCESS'}]},
    {name: 'init', essential: false, ...shell('sleep 1000'), startTimeoutSeconds: 1},
  ])

  await until(/^exited app \{"reason":"dependency graph: .*\[init\] for target \[app\] has timed out\./)
  expect(events).not.toContain('started app')
})

test('a container has the user, folder, limits and variables of its definition', async () => {
  const {until} = run([
    {
      ...shell('echo "$(id -u) $PWD $(ulimit -n) $GREETING"; echo x > /file || echo read-only'),
      user: '1234',
      workingDirectory: '/tmp',
      ulimits: [{name: 'nofile', soft: 100, hard: 200}],
      environment: {GREETING: 'hello'},
      readonlyRootFilesystem: true,
    },
  ])

  await until('output web: 1234 /tmp 100 hello')
  await until('output web: read-only')
})
