import {cp, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, test, vi} from 'vitest'
import {importBusybox} from '../helpers/busybox-image.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import type {LocalDocker} from '../helpers/local-docker.js'
import {get, inEngine, localDocker} from '../helpers/local-docker.js'

const unavailable = await dockerAvailable()
const examples = join(import.meta.dirname, '..', '..', 'examples')

let busybox: Awaited<ReturnType<typeof importBusybox>>
let local: LocalDocker

beforeAll(async () => {
  if (unavailable !== undefined) return
  busybox = await importBusybox()
  local = await localDocker()
})

afterAll(async () => {
  await local?.remove()
  await busybox?.remove()
})

beforeEach(({skip}) => {
  if (unavailable !== undefined) skip(unavailable)
})

const start = ['local', 'start', '--runtime', 'docker', '--speed', '5']

test('killed in the middle of a rollout it finishes it when it is started again, and no container is left over', async () => {
  const before = await inEngine()
  const {service, succeed} = local
  const context = join(local.folder, 'hello')
  await cp(join(examples, 'hello'), context, {recursive: true})
  const build = ['--context', context, '--build-arg', `BASE=${busybox.image}`]
  const {pid} = (await succeed(start)) as {pid: number}
  const url = await local.createLoadBalancer('front')
  await succeed(['service', 'create', service, '--port', '80', '--lb', 'front', '--num', '2', ...build])
  const dockerfile = await readFile(join(context, 'Dockerfile'), 'utf8')
  await writeFile(join(context, 'Dockerfile'), dockerfile.replace('ARG VERSION=1', 'ARG VERSION=2'))
  await succeed(['service', 'deploy', service, '--no-wait', ...build])
  // A container of the new version beside those of the old one.
  await vi.waitFor(async () => expect(networks(await inEngine()).length).toBeGreaterThan(2), {timeout: 60_000})

  process.kill(pid, 'SIGKILL')
  await vi.waitFor(async () => expect(await get(url)).toMatch(/^no answer/))
  const again = (await succeed(start)) as {resumed: boolean}

  expect(again.resumed).toBe(true)
  const info = async () => (await succeed(['service', 'info', service])) as Inspection
  await vi.waitFor(
    async () => {
      const {deployments, runningCount} = await info()
      expect(deployments.map(({rolloutState}) => rolloutState)).toEqual(['COMPLETED'])
      expect(runningCount).toBe(2)
      expect(await get(url)).toBe('200 Hello from version 2')
      expect(networks(await inEngine())).toHaveLength(2)
    },
    {timeout: 90_000, interval: 500},
  )
  await succeed(['local', 'stop'])
  expect((await inEngine()).filter((line) => !before.includes(line))).toEqual([])
})

/** One for each task. */
const networks = (lines: readonly string[]): string[] => lines.filter((line) => line.endsWith('-network'))

interface Inspection {
  readonly runningCount: number
  readonly deployments: readonly {readonly rolloutState: string}[]
}
