import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {exampleImage} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-fault-'))
})

afterEach(async () => {
  await fargate('local', 'stop')
  await rm(folder, {recursive: true, force: true})
})

const stateFolder = () => join(folder, 'state')
const fargate = (...args: string[]) => runProduct(args, {env: {FARGATE_STATE_DIR: stateFolder()}})
const start = (...args: string[]) => fargate('local', 'start', '--runtime', 'simulated', '--speed', '50', ...args)
const fault = (...args: string[]) => fargate('local', 'fault', ...args)
const listed = async () => JSON.parse((await fault('list', '--json')).stdout)

async function planFile(...faults: object[]): Promise<string> {
  const file = join(folder, 'faults.json')
  await writeFile(file, JSON.stringify({faults}))
  return file
}

test('faults are added, listed, shown in the status, removed and cleared', async () => {
  await start()
  const added = await fault('add', 'throttle', '--operation', 'ecs:UpdateService', '--count', '3')
  const file = await planFile({kind: 'no-capacity', serviceName: 'web', for: '2m'}, {kind: 'stale-reads'})
  const more = await fault('add', '--file', file, '--json')
  const status = await fargate('local', 'status')
  const removed = await fault('remove', 'no-capacity-2')
  const list = await fault('list')
  const cleared = await fault('clear', '--json')

  expect(added).toMatchObject({
    exitCode: 0,
    stdout: 'Added throttle-1: throttle operation ecs:UpdateService, count 3',
  })
  expect(JSON.parse(more.stdout)).toMatchObject({
    faults: [
      {id: 'no-capacity-2', state: 'in-force', struck: 0, fault: {kind: 'no-capacity', serviceName: 'web', for: '2m'}},
      {id: 'stale-reads-3'},
    ],
  })
  expect(status.stdout).toContain('throttle-1: throttle operation ecs:UpdateService, count 3')
  expect(removed.stdout).toBe('Removed no-capacity-2: no-capacity service name web, for 2m')
  expect(list.stdout.split('\n').map((line) => line.split(/\s+/).slice(0, 3))).toEqual([
    ['ID', 'STATE', 'STRUCK'],
    ['throttle-1', 'in-force', '0'],
    ['stale-reads-3', 'in-force', '0'],
  ])
  expect(JSON.parse(cleared.stdout)).toMatchObject({faults: [{id: 'throttle-1'}, {id: 'stale-reads-3'}]})
  expect((await listed()).faults).toEqual([])
})

const refusals: readonly (readonly [args: readonly string[], message: string])[] = [
  [['add', 'throtle'], 'kind throtle is unknown: did you mean throttle?'],
  [
    ['add', 'throttle', '--operation', 'ecs:UpdateServce'],
    'operation ecs:UpdateServce is not emulated: did you mean ecs:UpdateService?',
  ],
  [['add', 'throttle', '--image', 'web'], 'throttle: there is no image for this kind'],
  [['add', 'latency'], 'latency: it needs delay'],
  [['add', 'drop', '--probability', 'x'], 'probability "x" is not valid'],
  [['add'], 'what is to go wrong is missing'],
  [['remove', 'throttel-1'], 'there is no fault throttel-1: did you mean throttle-1?'],
]

test('what is wrong is refused with exit code 2, and nothing has changed', async () => {
  await start()
  await fault('add', 'throttle', '--count', '1')
  const before = await listed()
  const answers = await Promise.all(refusals.map(([args]) => fault(...args)))

  expect(answers.map(({exitCode, stderr}) => ({exitCode, stderr}))).toEqual(
    refusals.map(([, message]) => ({exitCode: 2, stderr: expect.stringContaining(message)})),
  )
  expect(await listed()).toEqual(before)
})

test('a plan that is wrong is refused before anything is started', async () => {
  const file = await planFile({kind: 'throttle'}, {kind: 'throttle', operation: 'ecs:UpdateServce'})
  const {exitCode, stderr} = await start('--faults', file)

  expect(exitCode).toBe(2)
  expect(stderr).toContain('fault 2: throttle: operation ecs:UpdateServce is not emulated')
  expect(await readdir(folder)).toEqual(['faults.json'])
})

test('a plan of the start strikes commands, comes back with a reset, and is not for a running local AWS', async () => {
  const file = await planFile({kind: 'access-denied', operation: 'ecs:CreateService', count: 1})
  await start('--faults', file, '--seed', '7')
  const again = await start('--faults', file)
  const {url} = JSON.parse(await readFile(join(stateFolder(), 'server.json'), 'utf8')) as {url: string}
  const create = () => fargate('--local', 'service', 'create', 'web', '--image', exampleImage({url}, 'v1'))
  const [denied, created] = [await create(), await create()]
  const struck = await listed()
  await fault('add', 'drop')
  await fargate('local', 'reset')

  expect(again).toMatchObject({exitCode: 3, stderr: expect.stringContaining(`local fault add --file ${file}`)})
  expect(denied).toMatchObject({exitCode: 4, stderr: expect.stringContaining('allow the action ecs:CreateService')})
  expect(created).toMatchObject({exitCode: 0})
  expect(struck).toMatchObject({seed: 7, faults: [{id: 'access-denied-1', state: 'used-up', struck: 1}]})
  expect(await listed()).toMatchObject({seed: 7, faults: [{id: 'access-denied-1', state: 'in-force', struck: 0}]})
})

test('without a local AWS there is nothing to go wrong', async () => {
  expect(await fault('list')).toMatchObject({exitCode: 3, stderr: expect.stringContaining('no local AWS is running')})
})
