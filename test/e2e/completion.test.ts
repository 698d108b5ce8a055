import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync} from 'node:fs'
import {chmod, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi} from 'vitest'
import type {LocalServer} from '../helpers/local-account.js'
import {startLocalServer} from '../helpers/local-account.js'
import {nodeProgram} from '../helpers/node-program.js'
import {runProduct} from '../helpers/run-product.js'

let local: LocalServer
/** Holds `fargate`, as it stands on the PATH of somebody who has installed it. */
let bin: string

beforeAll(async () => {
  local = await startLocalServer()
  bin = temporaryFolder()
  const program = join(bin, 'fargate')
  await writeFile(program, `#!/bin/sh\nexec '${nodeProgram}' '${join(inject('product'), 'bin', 'run.js')}' "$@"\n`)
  await chmod(program, 0o755)
})

afterAll(async () => {
  await local?.stop()
  if (bin !== undefined) rmSync(bin, {force: true, recursive: true})
})

const temporaryFolder = () => mkdtempSync(join(realpathSync(tmpdir()), 'fargate-completion-'))

function cacheFolder(): string {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, {force: true, recursive: true, maxRetries: 5}))
  return folder
}

/** What the program answers to a shell that hands it words. */
async function words(line: readonly string[], word: string, env: Readonly<Record<string, string>> = {}) {
  const asked = ['__complete', 'words', word, 'fargate', ...line]
  const result = await runProduct(asked, {env: {XDG_CACHE_HOME: cacheFolder(), ...env}})
  expect({exitCode: result.exitCode, stderr: result.stderr}).toEqual({exitCode: 0, stderr: ''})
  return result.stdout.split('\n').map((each) => each.split('\t')[0])
}

test('completes commands, flags and the values that a flag can have', async () => {
  expect(await words([], 'ser')).toEqual(['service'])
  expect(await words(['service', 'env'], '')).toEqual(['list', 'set', 'unset'])
  expect(await words(['service', 'create', 'web'], '--arch')).toEqual(['--architecture'])
  expect(await words(['service', 'create', '--architecture'], '')).toEqual(['x86_64', 'arm64'])
})

test('leaves paths to the shell', async () => {
  expect(await words(['service', 'create', '--dockerfile'], 'Dock')).toEqual([':file'])
  expect(await words(['service', 'create'], '--context=sr')).toEqual([':folder'])
})

test('completes names of AWS, and keeps nothing but names, for the user alone', async () => {
  const account = local.account()
  await account.sdk.ecs.createCluster({clusterName: 'production'})
  const cache = cacheFolder()
  const env = {...account.env, XDG_CACHE_HOME: cache}

  // A machine that is busy may need longer than the answer waits for the first names.
  await vi.waitFor(
    async () => expect(await words(['service', 'list', '--cluster'], 'p', env)).toEqual(['production']),
    {
      timeout: 20_000,
    },
  )
  const folder = join(cache, 'fargate', 'completion')
  const files = readdirSync(folder)
  expect(files).toEqual([expect.stringMatching(/^\w{64}\.json$/)])
  const file = join(folder, files[0] ?? '')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['production'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('--local and --region on the line say where names come from', async () => {
  const account = local.account()
  await account.sdk.ecs.createCluster({clusterName: 'here'})
  const env = {...account.env, FARGATE_LOCAL: '', XDG_CACHE_HOME: cacheFolder()}

  await vi.waitFor(async () => expect(await words(['--local', 'config', '--cluster'], '', env)).toEqual(['here']), {
    timeout: 20_000,
  })
  expect(await words(['--local', '--region', 'eu-west-1', 'config', '--cluster'], '', env)).toEqual([''])
})

test.each([
  ['without credentials', {AWS_REGION: 'us-east-1'}],
  ['where nothing answers', {FARGATE_LOCAL: '1', FARGATE_STATE_DIR: '/nowhere'}],
])('prints nothing %s', async (_, env) => {
  expect(await words(['service', 'info'], '', env)).toEqual([''])
})

test.each([[['nope']], [['service', 'nope']]])('prints nothing behind %j', async (line) => {
  expect(await words(line, '')).toEqual([''])
})

const isThere = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'true'])
    return true
  } catch {
    return false
  }
}

/** Has a shell read its script and then run a text. */
async function inShell(shell: string, text: string): Promise<string[]> {
  const {stdout: script, exitCode} = await runProduct(['completion', shell])
  expect(exitCode).toBe(0)
  const env = {PATH: `${bin}:${process.env.PATH}`, HOME: bin, XDG_CACHE_HOME: cacheFolder(), TERM: 'dumb'}
  const {stdout} = await execa(shell, ['-c', `${script}\n${text}`], {env, extendEnv: false})
  return stdout.split('\n')
}

describe.skipIf(!isThere('bash'))('in bash; skipped where there is none,', () => {
  test.each([
    ['fargate ser', ['service']],
    ['fargate service env ', ['list', 'set', 'unset']],
    ['fargate service create web --architecture=x', ['x86_64']],
    ['fargate --region eu-west-', ['eu-west-1', 'eu-west-2', 'eu-west-3']],
    ['fargate nope ', ['']],
  ])('completes %j', async (line, expected) => {
    const ask = `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${line}) COMP_CWORD=1
_fargate fargate; (IFS=$'\\n'; echo "\${COMPREPLY[*]}")`

    expect(await inShell('bash', ask)).toEqual(expected)
  })
})

describe.skipIf(!isThere('fish'))('in fish; skipped where there is none,', () => {
  test.each([
    ['fargate ser', ['service']],
    ['fargate service env ', ['list', 'set', 'unset']],
    ['fargate service create web --architecture=x', ['--architecture=x86_64']],
    ['fargate nope ', ['']],
  ])('completes %j', async (line, expected) => {
    const lines = await inShell('fish', `complete -C '${line}'`)

    expect(lines.map((each) => each.split('\t')[0])).toEqual(expected)
  })
})

// Without a terminal the line editor of zsh does not run: what its function adds is looked at instead.
describe.skipIf(!isThere('zsh'))('in zsh; skipped where there is none,', () => {
  test.each([
    ['service env', '', ['list', 'set', 'unset']],
    ['service create web', '--architecture=x', ['--architecture=x86_64']],
    ['nope', '', ['']],
  ])('completes %j %j', async (line, word, expected) => {
    const ask = `compadd() { print -l -- $names }
words=(fargate ${line} '${word}'); CURRENT=$#words; PREFIX='${word}'; _fargate`

    expect(await inZsh(ask)).toEqual(expected)
  })
})

async function inZsh(ask: string): Promise<string[]> {
  const {stdout: script} = await runProduct(['completion', 'zsh'])
  const env = {PATH: `${bin}:${process.env.PATH}`, HOME: bin, XDG_CACHE_HOME: cacheFolder()}
  const text = `compdef() { registered=$* }\n${script}\n[[ $registered == "_fargate fargate" ]] || exit 9\n${ask} || true`
  const {stdout} = await execa('zsh', ['-f', '-c', text], {env, extendEnv: false})
  return stdout.split('\n')
}

test('refuses a shell that it has no script for', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['completion', 'tcsh'])

  expect(stderr).toContain('tcsh')
  expect(stderr).toContain('bash, zsh, fish, powershell')
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
})
