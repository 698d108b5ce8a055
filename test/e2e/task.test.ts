import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer

beforeAll(async () => {
  local = await startLocalServer()
})

afterAll(() => local?.stop())

const foreign = 'public.ecr.aws/docker/library/busybox:1.37'

test('tasks run, are listed and shown, and are stopped', async () => {
  const account = local.account()
  const run = await account.run(['task', 'run', 'report', '--image', foreign, '--num', '11', '--env', 'A=1', '--json'])

  expect(run).toMatchObject({exitCode: 0})
  const {tasks} = JSON.parse(run.stdout)
  expect(new Set(tasks.map(({id}: {id: string}) => id)).size).toBe(11)
  const state = await account.state()
  expect(state.taskDefinitions).toMatchObject([
    {
      family: 'task_report',
      containerDefinitions: [{name: 'report', image: foreign, environment: [{name: 'A', value: '1'}]}],
    },
  ])
  expect(state.tasks).toHaveLength(11)

  const list = await account.run(['task', 'list'])
  expect(list.stdout).toBe('NAME    INSTANCES\nreport  11')
  const info = await account.run(['task', 'info', 'report', '--task', tasks[0].id])
  expect(info.stdout).toContain(`Task ${tasks[0].id}`)
  expect(info.stdout).toMatch(/Environment Variables:\s+A=1/)

  const stopped = await account.run(['task', 'stop', 'report', '--json'])
  expect(JSON.parse(stopped.stdout).stopped).toHaveLength(11)
  expect((await account.run(['task', 'list'])).stdout).toBe('No tasks running')
  expect((await account.run(['task', 'ps', 'report', '--all'])).stdout).toContain('Stopped by fargate task stop')

  const again = await account.run(['task', 'stop', 'report'])
  expect(again).toMatchObject({exitCode: 0, stdout: 'No task of report runs; nothing has changed'})
})

describe('the end of a task', () => {
  const crash = (...flags: string[]) =>
    local.account().run(['task', 'run', 'migrate', '--image', exampleImage(local, 'crash'), ...flags])

  test('is the failure of the command, with the reason and the last log lines', async () => {
    const {exitCode, stderr} = await crash('--wait')

    expect(exitCode).toBe(6)
    expect(stderr).toContain('fatal: DATABASE_URL is not set')
    expect(stderr).toMatch(/Error: task \w+ of migrate failed: Essential container in task exited; .*exit code 1/)
  })

  test('gives its exit code to the command', async () => {
    const command = ['task', 'run', 'migrate', '--image', foreign, '--command', 'sh -c "exit 42"', '--exit-code']
    const {exitCode, stdout} = await local.account().run(command)

    expect(exitCode).toBe(42)
    expect(stdout).toContain('exit code 42')
  })

  test('is followed with its log, also as JSON Lines', async () => {
    const text = await crash('--follow', '--exit-code')
    expect(text).toMatchObject({exitCode: 1})
    expect(text.stdout).toMatch(/^fargate\/migrate\/\w+ fatal: DATABASE_URL is not set$/m)

    const lines = (await crash('--follow', '--exit-code', '--json')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.slice(0, -1).map(({message}) => message)).toContain('fatal: DATABASE_URL is not set')
    expect(lines.at(-1)).toMatchObject({taskGroup: 'migrate', tasks: [{exitCode: 1, succeeded: false}]})
  })

  test('of an image that is not there is told as AWS tells it', async () => {
    const missing = `${exampleImage(local, 'v1').replace(/:v1$/, '')}:none`
    const {exitCode, stderr} = await local.account().run(['task', 'run', 'migrate', '--image', missing, '--exit-code'])

    expect(exitCode).toBe(6)
    expect(stderr).toContain('CannotPullContainerError')
  })
})

test('Spot tasks run on the capacity provider, which the cluster gets', async () => {
  const account = local.account()
  await account.succeed(['task', 'run', 'batch', '--image', foreign, '--spot'])
  const {clusters, tasks: arns} = await account.state()
  const {tasks} = await account.sdk.ecs.describeTasks({cluster: 'fargate', tasks: [...arns]})

  expect(clusters).toMatchObject([{capacityProviders: ['FARGATE', 'FARGATE_SPOT']}])
  expect(tasks).toMatchObject([{capacityProviderName: 'FARGATE_SPOT'}])
})

test('an unknown task of a group is refused before any is stopped', async () => {
  const account = local.account()
  await account.succeed(['task', 'run', 'batch', '--image', foreign])
  const refused = await account.run(['task', 'stop', 'batch', '--task', 'nope'])

  expect(refused).toMatchObject({exitCode: 5})
  expect(refused.stderr).toContain('task nope is not one of task group batch')
  expect((await account.state()).tasks).toHaveLength(1)
})
