import {readFileSync} from 'node:fs'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import type {ProductResult} from '../helpers/run-product.js'
import {runProduct} from '../helpers/run-product.js'
import {selfSigned} from '../unit/local/services/acm/materials.js'

let local: LocalServer
let other: LocalServer
let empty: LocalAccount & {readonly folder: string}
let folder: string
const runs = new Map<string, ProductResult>()

const image = (tag: 'v1' | 'v2') => ['--image', exampleImage(local, tag)]

/** Each command once, in an order in which each succeeds. */
const life = (): readonly (readonly [id: string, args: readonly string[], input?: string])[] => [
  ['config', []],
  ['completion', ['bash']],
  ['local start', []],
  ['local status', []],
  ['local env', []],
  ['local fault add', ['latency', '--service', 'sts', '--delay', '1ms']],
  ['local fault list', []],
  ['local fault remove', ['latency-1']],
  ['local fault clear', []],
  ['certificate request', ['www.example.com']],
  ['certificate list', []],
  ['certificate info', ['www.example.com']],
  ['certificate validate', ['www.example.com']],
  ['certificate destroy', ['www.example.com', '--yes']],
  ['certificate import', ['--certificate', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem')]],
  ['lb create', ['front', '--port', '80']],
  ['lb list', []],
  ['lb info', ['front']],
  ['lb alias', ['front', 'www.example.com']],
  ['service create', ['web', '--port', '80', '--lb', 'front', ...image('v1')]],
  ['service list', []],
  ['service info', ['web']],
  ['service ps', ['web']],
  ['service logs', ['web']],
  ['service deploy', ['web', ...image('v2')]],
  ['service scale', ['web', '+1']],
  ['service restart', ['web']],
  ['service update', ['web', '--cpu', '512', '--memory', '1024']],
  ['service env set', ['web', '--env', 'LOG_LEVEL=debug']],
  ['service env list', ['web']],
  ['service env unset', ['web', '--key', 'LOG_LEVEL']],
  ['service secret set', ['web', 'TOKEN', '--stdin'], 'secret'],
  ['service secret list', ['web']],
  ['service secret unset', ['web', '--key', 'TOKEN']],
  ['service debug', ['web', '--back']],
  ['service revisions', ['web']],
  ['service rollback', ['web', '1']],
  ['service destroy', ['web', '--force', '--yes']],
  ['task run', ['report', ...image('v1')]],
  ['task list', []],
  ['task ps', ['report']],
  ['task info', ['report']],
  ['task logs', ['report']],
  ['task stop', ['report']],
  ['lb destroy', ['front', '--yes']],
  ['local reset', []],
  ['local stop', []],
]

beforeAll(async () => {
  ;[local, other] = await Promise.all([startLocalServer(), startLocalServer()])
  const empties = await mkdtemp(join(tmpdir(), 'fargate-json-'))
  empty = {...other.account(), folder: empties}
  folder = await mkdtemp(join(tmpdir(), 'fargate-json-files-'))
  const {certificate, privateKey} = selfSigned('example.com', {days: [-10, 500]})
  await writeFile(join(folder, 'cert.pem'), certificate)
  await writeFile(join(folder, 'key.pem'), privateKey)
  const account = local.account()
  for (const [id, args, input = ''] of life()) {
    runs.set(id, await account.run([...id.split(' '), ...args, '--json'], {input}))
  }
})

afterAll(async () => {
  await Promise.all([local?.stop(), other?.stop()])
  for (const each of [empty?.folder, folder]) if (each !== undefined) await rm(each, {force: true, recursive: true})
})

/** The one document on standard output, printed as it is: any other text would make the comparison fail. */
function documentOf({stdout}: ProductResult): Record<string, unknown> {
  const document = JSON.parse(stdout)
  expect(stdout).toBe(JSON.stringify(document, null, 2))
  return document
}

function expectNoJson(text: string): void {
  for (const line of text.split('\n')) expect(line).not.toMatch(/^\s*[{}[\]"]/)
}

test.each([
  ['local start', {started: false, speed: 50, environment: {AWS_REGION: 'us-east-1'}}],
  [
    'config',
    {settings: expect.arrayContaining([{name: 'region', source: 'default of the local AWS', value: 'us-east-1'}])},
  ],
  ['completion', {shell: 'bash', script: expect.stringContaining('__complete')}],
  ['local fault add', {faults: [{id: 'latency-1'}]}],
  ['local fault list', {faults: [{id: 'latency-1', struck: 0}]}],
  ['local fault remove', {faults: [{id: 'latency-1'}]}],
  ['local fault clear', {faults: []}],
  ['local status', {running: true, runtime: 'simulated'}],
  ['local env', {AWS_REGION: 'us-east-1'}],
  ['certificate request', {certificate: 'www.example.com', records: [{type: 'CNAME'}], dryRun: false}],
  ['certificate list', {certificates: [{domain: 'www.example.com'}]}],
  ['certificate info', {domain: 'www.example.com', status: 'PENDING_VALIDATION', usedBy: []}],
  ['certificate validate', {certificate: 'www.example.com', records: [{state: 'elsewhere'}], changes: []}],
  ['certificate destroy', {certificate: 'www.example.com', changes: [{change: 'delete'}]}],
  ['certificate import', {certificate: 'example.com', replaced: false, changes: [{change: 'create'}]}],
  ['lb create', {loadBalancer: 'front', dryRun: false}],
  ['lb list', {loadBalancers: [{name: 'front'}]}],
  ['lb info', {name: 'front'}],
  ['lb alias', {loadBalancer: 'front', zones: [], changes: []}],
  ['service create', {service: 'web', cluster: 'fargate', dryRun: false, rollout: {runningCount: 1}}],
  ['service list', {services: [{name: 'web', desiredCount: 1, runningCount: 1}]}],
  ['service info', {service: 'web', runningCount: 1, tasks: [{status: 'RUNNING'}]}],
  ['service ps', {tasks: [{status: 'RUNNING'}]}],
  ['service deploy', {service: 'web', rollout: {runningCount: 1}}],
  ['service scale', {service: 'web', previousCount: 1, desiredCount: 2, changed: true}],
  ['service restart', {service: 'web', rollout: {runningCount: 2}}],
  ['service update', {service: 'web', changes: [{change: 'create'}, {change: 'update'}], rollout: {runningCount: 2}}],
  ['service env set', {service: 'web', variables: ['LOG_LEVEL'], rollout: {runningCount: 2}}],
  ['service env list', {container: 'web', environment: [{name: 'LOG_LEVEL', value: 'debug'}]}],
  ['service env unset', {service: 'web', unset: ['LOG_LEVEL'], absent: []}],
  ['service secret set', {service: 'web', secrets: [{name: 'TOKEN'}]}],
  ['service secret list', {container: 'web', secrets: [{name: 'TOKEN'}]}],
  ['service secret unset', {service: 'web', unset: ['TOKEN'], absent: []}],
  ['service debug', {service: 'web', capacity: 'FARGATE', changes: []}],
  ['service revisions', {service: 'web', family: 'service_web', more: 0}],
  ['service rollback', {service: 'web', changes: [{change: 'update'}], rollout: {runningCount: 2}}],
  ['service destroy', {service: 'web', dryRun: false}],
  ['task run', {taskGroup: 'report', tasks: [{id: expect.any(String)}], dryRun: false}],
  ['task list', {taskGroups: [{taskGroup: 'report', instances: 1}]}],
  ['task ps', {tasks: [{status: expect.any(String)}]}],
  ['task info', {tasks: [{status: expect.any(String)}]}],
  ['task stop', {dryRun: false}],
  ['lb destroy', {loadBalancer: 'front', dryRun: false}],
  ['local reset', {url: expect.stringMatching(/^http:/)}],
  ['local stop', {stopped: true}],
])('%s --json prints its result as one document, and no other', (id, expected) => {
  const run = runs.get(id)
  if (run === undefined) throw new Error(`${id} did not run`)

  expect(run.exitCode, run.stdout + run.stderr).toBe(0)
  expect(documentOf(run)).toMatchObject(expected)
  expectNoJson(run.stderr)
})

test.each([
  ['service logs', 2],
  // Its task may not have written anything yet.
  ['task logs', 0],
])('%s --json prints one event a line, and no other document', (id, atLeast) => {
  const {exitCode, stdout = '', stderr = ''} = runs.get(id) ?? {}

  expect(exitCode, stdout + stderr).toBe(0)
  const lines = stdout.split('\n').filter((line) => line !== '')
  expect(lines.length).toBeGreaterThanOrEqual(atLeast)
  for (const line of lines) {
    expect(JSON.parse(line)).toEqual({
      id: expect.any(String),
      timestamp: expect.any(String),
      stream: expect.stringMatching(/^fargate\//),
      message: expect.any(String),
    })
  }
  expectNoJson(stderr)
})

test('every command of the program is among them', () => {
  const manifest = readFileSync(join(inject('product'), 'oclif.manifest.json'), 'utf8')
  const ids = Object.keys(JSON.parse(manifest).commands as object).map((id) => id.replaceAll(':', ' '))

  // It prints a request a line, which its own test looks at.
  const others = ids.filter((id) => id !== 'local logs')
  expect([...runs.keys()].toSorted()).toEqual(others.toSorted())
})

test.concurrent.each([
  ['service craete web', 127, 'COMMAND_UNKNOWN'],
  ['service create', 2, 'ARGUMENT_MISSING'],
  ['service create web', 2, 'DOCKERFILE_NOT_FOUND'],
  ['service create web --image nginx --port 80 --lb nope', 5, 'LOAD_BALANCER_NOT_FOUND'],
  ['service create web --image nginx --cpu 3', 2, 'VALUE_INVALID'],
  ['service list --region moon', 2, 'REGION_INVALID'],
  ['service list --bogus', 2, 'FLAG_UNKNOWN'],
  ['service info nope', 5, 'SERVICE_NOT_FOUND'],
  ['service ps nope', 5, 'SERVICE_NOT_FOUND'],
  ['service logs nope', 5, expect.any(String)],
  ['service logs nope --follow', 5, expect.any(String)],
  ['task logs nope', 5, 'TASK_GROUP_NOT_FOUND'],
  ['task logs nope --tail 0', 2, 'VALUE_INVALID'],
  ['service deploy nope --image nginx', 5, 'SERVICE_NOT_FOUND'],
  ['service scale nope 3', 5, 'SERVICE_NOT_FOUND'],
  ['service restart nope', 5, 'SERVICE_NOT_FOUND'],
  ['service destroy nope --task 3', 2, 'FLAG_UNKNOWN'],
  ['lb create front', 2, expect.any(String)],
  ['lb create front --port 80 --subnet-id subnet-00000000', 2, expect.any(String)],
  ['lb info nope', 5, 'LOAD_BALANCER_NOT_FOUND'],
  ['lb destroy front_1', 2, 'VALUE_INVALID'],
  ['certificate info nope.example.com', 5, 'CERTIFICATE_NOT_FOUND'],
  ['certificate request localhost', 2, 'VALUE_INVALID'],
  ['certificate validate nope.example.com', 5, 'CERTIFICATE_NOT_FOUND'],
  ['certificate info a/b', 2, 'VALUE_INVALID'],
  ['local start --port 99999', 2, expect.any(String)],
])('%s --json prints its error as one document, exit code %i, and nothing else', async (line, exitCode, code) => {
  const run = await empty.run([...line.split(' '), '--json'], {cwd: empty.folder})

  expect(run.exitCode, run.stdout + run.stderr).toBe(exitCode)
  // What prints a line for each event prints its error in one, too.
  const document = line.includes(' logs ') ? JSON.parse(run.stdout) : documentOf(run)
  expect(document).toEqual({
    error: {code, message: expect.any(String), hints: expect.any(Array), details: expect.any(Object)},
  })
  expectNoJson(run.stderr)
})

test.concurrent('local env --json prints an error where no local AWS runs', async () => {
  const run = await runProduct(['local', 'env', '--json'], {env: {FARGATE_STATE_DIR: empty.folder}})

  expect(documentOf(run)).toMatchObject({error: {code: 'LOCAL_NOT_RUNNING', hints: ['fargate local start']}})
  expect({exitCode: run.exitCode, stderr: run.stderr}).toEqual({exitCode: 3, stderr: ''})
})
