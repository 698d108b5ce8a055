import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import type {LocalAccount, LocalServer} from '../helpers/local-account.js'
import {exampleImage, startLocalServer} from '../helpers/local-account.js'
import {nodeProgram} from '../helpers/node-program.js'
import type {ProductOptions} from '../helpers/run-product.js'
import {startProduct} from '../helpers/run-product.js'

let local: LocalServer
/** With a service, which no test of this file changes. */
let account: LocalAccount

beforeAll(async () => {
  local = await startLocalServer()
  account = local.account()
  await account.succeed(['service', 'create', 'web', '--image', exampleImage(local, 'v1')])
})

afterAll(() => local?.stop())

const escapeCode = '\u001b'
const quote = (word: string) => `'${word}'`

/** A pipeline of the program, in bash for the exit codes of its parts. */
function pipe(args: readonly string[], then: string, options: ProductOptions = {}) {
  const program = [nodeProgram, join(inject('product'), 'bin', 'run.js'), ...args].map(quote).join(' ')
  const script = `${program} | ${then}; echo "exit codes: \${PIPESTATUS[*]}"`
  const env = {PATH: process.env.PATH, HOME: local.stateFolder, ...account.env, ...options.env}
  return execa('bash', ['-c', script], {env: env as Record<string, string>, extendEnv: false, reject: false})
}

test.each([
  ['service create --help', 'Create a service from a folder or an image, and wait until it is steady.'],
  ['service info web', 'Service Name:'],
  ['service logs web', 'fargate/web/'],
  ['service info web --json', '{'],
])('%s ends quietly and well where nobody reads on', async (line, start) => {
  const {stdout, stderr} = await pipe(line.split(' '), 'head -1')

  const [first, codes] = stdout.split('\n')
  expect(first).toContain(start)
  expect(codes).toBe('exit codes: 0 0')
  expect(stderr).toBe('')
})

test('a closed standard error stops no deployment', async () => {
  const own = local.account()
  const product = startProduct(['service', 'create', 'web', '--image', exampleImage(local, 'v1')], {env: own.env})
  product.stderr.destroy()

  const {exitCode, stdout} = await product

  expect(stdout).toContain('Created service web')
  expect(exitCode).toBe(0)
})

test('without a terminal there is no color, no moving line and no question', async () => {
  const env = {NO_COLOR: undefined}
  const info = await account.run(['service', 'info', 'web'], {env})
  const restart = await account.run(['service', 'restart', 'web', '--dry-run'], {env})
  const destroy = await account.run(['service', 'destroy', 'web', '--force'], {env})

  for (const {stdout, stderr} of [info, restart, destroy]) {
    expect(stdout + stderr).not.toContain(escapeCode)
    expect(stdout + stderr).not.toContain('\r')
  }
  expect(destroy.stderr.split('\n')).toEqual([
    'Error: deleting service web needs a confirmation, and there is no terminal to ask',
    'Try: confirm on the command line: --yes',
    'Try: see what would be deleted: --dry-run',
  ])
  expect(destroy.exitCode).toBe(2)
})

test('FORCE_COLOR colors an error; NO_COLOR and --no-color do not', async () => {
  const args = ['service', 'info', 'nope']
  const [forced, none, flag] = await Promise.all([
    account.run(args, {env: {NO_COLOR: undefined, FORCE_COLOR: '1'}}),
    account.run(args, {env: {NO_COLOR: '1'}}),
    account.run([...args, '--no-color'], {env: {NO_COLOR: undefined, FORCE_COLOR: '1'}}),
  ])

  expect(forced.stderr).toContain(`${escapeCode}[31mError:${escapeCode}[39m`)
  expect(none.stderr + flag.stderr).not.toContain(escapeCode)
})

test.skipIf(!existsSync('/usr/bin/script'))('a terminal gets color, and none with NO_COLOR', async () => {
  const program = [nodeProgram, join(inject('product'), 'bin', 'run.js'), 'service', 'info', 'nope'].join(' ')
  const inTerminal = (env: Record<string, string>) =>
    execa('script', ['-qec', program, '/dev/null'], {
      env: {PATH: process.env.PATH ?? '', HOME: local.stateFolder, TERM: 'xterm', ...account.env, ...env},
      extendEnv: false,
      reject: false,
    })
  const [colored, plain] = await Promise.all([inTerminal({}), inTerminal({NO_COLOR: '1'})])

  expect(colored.stdout).toContain(`${escapeCode}[31mError:`)
  expect(plain.stdout).toContain('Error: service nope does not exist')
  expect(plain.stdout).not.toContain(`${escapeCode}[3`)
})

test('--quiet says nothing but the result, and still says why something failed', async () => {
  const own = local.account()
  const created = await own.run(['service', 'create', 'web', '--image', exampleImage(local, 'v1'), '--quiet'])
  const failed = await own.run(['service', 'deploy', 'web', '--image', exampleImage(local, 'crash'), '-q'])

  expect(created).toMatchObject({exitCode: 0, stderr: '', stdout: expect.stringContaining('Created service web')})
  expect(failed.stdout).toBe('')
  expect(failed.stderr).toMatch(/^Error: service web is rolled back to service_web:1/)
  expect(failed.exitCode).toBe(6)
})

test('--verbose tells each call and no secret: neither the value of a variable nor a signature', async () => {
  const own = local.account()
  const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const args = ['service', 'create', 'web', '--image', exampleImage(local, 'v1'), '--verbose']
  const secrets = ['--env', 'PASSWORD=hunter2-and-more', '--secret', 'TOKEN=/web/token']
  const env = {
    FARGATE_LOCAL: undefined,
    AWS_ENDPOINT_URL: local.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: own.id,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }

  const {exitCode, stdout, stderr} = await own.run([...args, ...secrets, '--no-wait'], {env})
  const again = await own.run([...args, '--env', 'PASSWORD=another-secret', '--no-wait'], {env})

  expect(exitCode).toBe(0)
  expect(stderr).toMatch(/^ecs:CreateService 200 in \d+ ms \([0-9a-f-]{36}\)$/m)
  const all = [stdout, stderr, again.stdout, again.stderr].join('\n')
  expect(all).not.toMatch(/hunter2|another-secret|wJalrXUtnFEMI|Signature|Authorization|Credential=/)
  expect(again.stderr).toContain('another value of variable PASSWORD')
  expect(again.exitCode).toBe(5)
})
