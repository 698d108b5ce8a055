import {afterAll, beforeAll, expect, test, vi} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'

let local: LocalServer

beforeAll(async () => {
  // Slow enough to be stopped in the middle of a deployment.
  local = await startLocalServer({speed: 25})
})

afterAll(() => local?.stop())

async function accountWithService(): Promise<LocalAccount> {
  const account = local.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])
  return account
}

const deploy = (tag: 'v1' | 'v2' | 'crash') => ['service', 'deploy', 'web', '--image', exampleImage(local, tag)]

/** Waits until a program has printed as many lines with a text as are wanted, and answers them. */
function heard(stream: NodeJS.ReadableStream, text: string, wanted = 1): Promise<string[]> {
  let all = ''
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk) => {
      all += String(chunk)
      const lines = all
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.includes(text))
      if (lines.length >= wanted) resolve(lines)
    })
    stream.on('end', () => reject(new Error(`the program ended without ${text}: ${all}`)))
  })
}

/** The deployment of the second revision is over, and nothing of the first one is left. */
const goesOnToTheEnd = (account: LocalAccount) =>
  vi.waitFor(
    async () => {
      const {services} = await account.state()
      expect(services).toMatchObject([
        {
          runningCount: 1,
          taskDefinition: expect.stringMatching(/service_web:2$/),
          deployments: [{status: 'PRIMARY', rolloutState: 'COMPLETED'}],
        },
      ])
    },
    {timeout: 30_000, interval: 200},
  )

test.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while waiting exits 130, says that AWS goes on, and AWS does',
  async (signal) => {
    const account = await accountWithService()
    const product = account.start(deploy('v2'))
    await heard(product.stderr, 'Waiting for service web')
    product.kill(signal)

    const {exitCode, stdout, stderr} = await product

    expect(stderr).toMatch(/^Error: deployment ecs-svc\/\d+ of service web goes on at AWS$/m)
    expect(stderr).toMatch(/^Try: see how it goes on: fargate service info web$/m)
    expect({exitCode, stdout}).toEqual({exitCode: 130, stdout: ''})
    await goesOnToTheEnd(account)
  },
)

test.concurrent('SIGINT with --json is one document with the deployment that goes on', async () => {
  const account = await accountWithService()
  const product = account.start([...deploy('v2'), '--json'])
  await heard(product.stderr, 'Waiting for service web')
  product.kill('SIGINT')

  const {exitCode, stdout} = await product

  expect(JSON.parse(stdout)).toMatchObject({
    error: {code: 'DETACHED', details: {service: 'web', deploymentId: expect.stringMatching(/^ecs-svc\/\d+$/)}},
  })
  expect(exitCode).toBe(130)
})

test.concurrent('--timeout exits 7, says that AWS goes on, and AWS does; the same command again waits for its end', async () => {
  const account = await accountWithService()

  const {exitCode, stdout, stderr} = await account.run([...deploy('v2'), '--timeout', '1s'])
  const again = await account.run(deploy('v2'))

  expect(stderr).toMatch(/^Error: gave up waiting for service web after 1 s; deployment ecs-svc\/\d+ goes on at AWS$/m)
  expect(stderr).toMatch(/^Try: see how it goes on: fargate service info web$/m)
  expect({exitCode, stdout}).toEqual({exitCode: 7, stdout: ''})
  // On a busy machine the deployment may be over before the second command looks.
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/1 task running after \d+s|nothing has changed/),
  })
  expect((await account.state()).taskDefinitions).toHaveLength(2)
  await goesOnToTheEnd(account)
})

test.concurrent('SIGINT while a service is made exits 130; the same command again finishes it', async () => {
  const account = local.account()
  const create = ['service', 'create', 'web', '--image', exampleImage(local, 'v1')]
  const product = account.start(create)
  await heard(product.stderr, 'Creating cluster')
  product.kill('SIGINT')

  const {exitCode, stdout} = await product
  const again = await account.run(create)

  expect({exitCode, stdout}).toEqual({exitCode: 130, stdout: ''})
  expect(again.exitCode).toBe(0)
  expect(await account.state()).toMatchObject({services: [{serviceName: 'web', runningCount: 1}]})
})

test.concurrent('logs --follow ends with SIGINT, which is no failure; with --json each line is a document', async () => {
  const account = await accountWithService()
  const product = account.start(['service', 'logs', 'web', '--follow', '--start', '1h', '--json'])
  const lines = await heard(product.stdout, '{', 2)
  product.kill('SIGINT')

  const {exitCode} = await product
  const [first, second] = lines.map((line) => JSON.parse(line))

  expect(first.message).toMatch(/^This container is simulated/)
  expect(second.message).toBe('listening on port 80, version 1')
  expect(exitCode).toBe(0)
})
