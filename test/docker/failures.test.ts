import {cp} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import {importBusybox} from '../helpers/busybox-image.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import type {LocalDocker} from '../helpers/local-docker.js'
import {get, localDocker, sendRequests} from '../helpers/local-docker.js'

const unavailable = await dockerAvailable()
const examples = join(import.meta.dirname, '..', '..', 'examples')
const SERVED = '200 Hello from version 1'

let busybox: Awaited<ReturnType<typeof importBusybox>>
let local: LocalDocker
let url: string

beforeAll(async () => {
  if (unavailable !== undefined) return
  busybox = await importBusybox()
  local = await localDocker()
  await cp(examples, join(local.folder, 'examples'), {recursive: true})
  await local.succeed(['local', 'start', '--runtime', 'docker', '--speed', '10'])
  url = await local.createLoadBalancer('front')
  const flags = ['--port', '80', '--lb', 'front', '--num', '2']
  await local.succeed(['service', 'create', local.service, ...flags, ...example('hello')])
})

afterAll(async () => {
  await local?.remove()
  await busybox?.remove()
})

beforeEach(({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
})

const example = (name: string): string[] => [
  '--context',
  join(local.folder, 'examples', name),
  '--build-arg',
  `BASE=${busybox.image}`,
]

const missingImage = (): string[] => ['--image', `000000000000.dkr.ecr.us-east-1.amazonaws.com/${local.service}:none`]

test.each([
  {
    version: 'crashes',
    flags: () => example('crash'),
    reason: /^Essential container in task exited; container web-\w+: exit code 1$/,
    stopCode: 'EssentialContainerExited',
    container: {exitCode: 1, logLines: ['fatal: DATABASE_URL is not set']},
  },
  {
    version: 'never gets healthy',
    flags: () => example('unhealthy'),
    reason:
      /^Task failed ELB health checks in \(target-group arn:.*port 80: Health checks failed with these codes: \[404\]/,
    stopCode: 'ServiceSchedulerInitiated',
    container: {exitCode: 0, logLines: ['error: /www/index.html is missing']},
  },
  {
    version: 'has no image',
    flags: missingImage,
    reason:
      /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): failed to resolve ref .*not found/,
    stopCode: 'TaskFailedToStart',
    container: {logLines: []},
  },
  {
    version: 'runs out of memory',
    flags: () => example('out-of-memory'),
    reason: /container web-\w+: exit code 137, OutOfMemoryError: Container killed due to memory usage$/,
    stopCode: 'EssentialContainerExited',
    container: {exitCode: 137, logLines: ['loading the catalogue']},
  },
])('a version that $version is rolled back and explained, and the old one serves on', async (failure) => {
  const requests = sendRequests(url, 10)

  const {exitCode, stdout, stderr} = await local.run(['service', 'deploy', local.service, ...failure.flags()])
  const answers = await requests.stop()

  expect(exitCode, `${stdout}${stderr}`).toBe(6)
  const {error} = JSON.parse(stdout) as {error: {code: string; message: string; details: {stoppedTasks: object[]}}}
  expect(error.code).toBe('DEPLOYMENT_ROLLED_BACK')
  expect(error.details.stoppedTasks.at(-1)).toMatchObject({
    reason: expect.stringMatching(failure.reason),
    stopCode: failure.stopCode,
    containers: [failure.container],
  })
  expect(error.message).toMatch(/last task [0-9a-f]{32}: /)
  expect(new Set(answers)).toEqual(new Set([SERVED]))
  expect(await get(url)).toBe(SERVED)
})
