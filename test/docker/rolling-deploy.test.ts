import {cp, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest'
import {importBusybox} from '../helpers/busybox-image.js'
import {dockerAvailable} from '../helpers/docker-available.js'
import type {LocalDocker} from '../helpers/local-docker.js'
import {inEngine, localDocker, sendRequests} from '../helpers/local-docker.js'

const unavailable = await dockerAvailable()
const examples = join(import.meta.dirname, '..', '..', 'examples')
const FIRST = '200 Hello from version 1'
const SECOND = '200 Hello from version 2'

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

test('of 20 requests a second none is lost while a new version takes over from the old one', async () => {
  const before = await inEngine()
  const {service, succeed} = local
  const context = join(local.folder, 'hello')
  await cp(join(examples, 'hello'), context, {recursive: true})
  const build = ['--context', context, '--build-arg', `BASE=${busybox.image}`]
  await succeed(['local', 'start', '--runtime', 'docker', '--speed', '5'])
  const url = await local.createLoadBalancer('front')
  await succeed(['service', 'create', service, '--port', '80', '--lb', 'front', '--num', '2', ...build])
  const dockerfile = await readFile(join(context, 'Dockerfile'), 'utf8')
  await writeFile(join(context, 'Dockerfile'), dockerfile.replace('ARG VERSION=1', 'ARG VERSION=2'))

  const requests = sendRequests(url, 20)
  await succeed(['service', 'deploy', service, ...build])
  const during = (await requests.answers()).length
  // The old tasks are drained and stop only now.
  await expect
    .poll(async () => (await inEngine()).filter((line) => line.endsWith('-network')).length, {timeout: 60_000})
    .toBe(2)
  const answers = await requests.stop()

  expect(answers.filter((answer) => answer !== FIRST && answer !== SECOND)).toEqual([])
  expect(answers[0]).toBe(FIRST)
  expect(answers.slice(during).filter((answer) => answer !== SECOND)).toEqual([])
  expect(answers.length).toBeGreaterThan(during)
  await succeed(['local', 'stop'])
  expect((await inEngine()).filter((line) => !before.includes(line))).toEqual([])
})
