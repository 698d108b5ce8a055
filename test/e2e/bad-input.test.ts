import type {Server} from 'node:http'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {runProduct} from '../helpers/run-product.js'

let aws: Server
let requests = 0

beforeAll(async () => {
  aws = createServer((_request, response) => {
    requests += 1
    response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  aws.closeAllConnections()
  aws.close()
})

const environment = () => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
})

const create = ['service', 'create', 'web']

// The whole table of bad values runs in one process: test/unit/local-aws/bad-input.test.ts.
test.concurrent.each<readonly [args: readonly string[], exitCode: number, says: string]>([
  [['service', 'crate', 'web'], 127, 'did you mean fargate service create?'],
  [['servce', 'list', '--json'], 127, '"suggestion": "service list"'],
  [[...create, '--image', 'nginx', '--port', 'UDP:53'], 2, 'protocol UDP in port UDP:53 is not supported by this tool'],
  [[...create, '--image', 'nginx', '--imgae', 'x'], 2, 'unknown flag --imgae; did you mean --image?'],
  [[...create, '--image', 'nginx', '--memory', '8192'], 2, 'memory 8192 does not go with cpu 256 on Fargate'],
  [[...create, '--image', 'nginx', '--num', '0'], 2, '--num: expected an integer greater than or equal to 1'],
  [create, 2, 'no Dockerfile at Dockerfile'],
  [['service', 'scale', 'web', '+5x'], 2, 'COUNT: scale +5x is not valid'],
  [['service', 'scale', 'web', '-1', '--wait=maybe'], 2, '--wait: maybe is neither true nor false'],
  [['service', 'list', '--region', 'moon'], 2, '"moon" is no AWS region'],
  [['lb', 'create', 'front', '--port', '80,TCP:90'], 2, 'ports HTTP:80, TCP:90 mix TCP with HTTP or HTTPS'],
  [['service', 'list', '--local'], 3, 'no local AWS is running'],
])('%j exits %i and asks AWS nothing', async (args, exitCode, says) => {
  const run = await runProduct(args, {env: environment(), cwd: inject('product')})

  expect(`${run.stdout}${run.stderr}`).toContain(says)
  expect(run.exitCode).toBe(exitCode)
  expect(requests).toBe(0)
})
