import {once} from 'node:events'
import {mkdtemp, rm} from 'node:fs/promises'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {inspect} from 'node:util'
import {expect, onTestFinished, test, vi} from 'vitest'
import {createRunner} from '../../../src/process/execa-runner.js'
import type {RunOptions} from '../../../src/process/runner.js'
import {ProcessError} from '../../../src/process/runner.js'

const env = {PATH: process.env.PATH, UNSET: undefined, KEPT: 'kept'}
const runner = createRunner(env)

function node(script: string, options?: RunOptions) {
  return runner.run([process.execPath, '-e', script], options)
}

async function failureOf(run: Promise<unknown>): Promise<ProcessError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProcessError)) throw new Error(`no ProcessError but ${inspect(error)}`)
  return error
}

/** Counts the processes that are connected to it: a connection ends with its process, however that ended. */
async function connectionCounter() {
  let open = 0
  const server = createServer((socket) => {
    open++
    socket.on('error', () => undefined).on('close', () => open--)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {count: () => open, script: `require('node:net').connect(${address.port}, '127.0.0.1').resume();`}
}

test('returns both outputs of a program that succeeds', async () => {
  const result = await node(`console.log('out'); console.error('err')`)

  expect(result).toEqual({stdout: 'out\n', stderr: 'err\n'})
})

test('passes arguments as they are, without a shell', async () => {
  const {stdout} = await runner.run([process.execPath, '-p', 'process.argv[1]', '$HOME; `id` "x"'])

  expect(stdout).toBe('$HOME; `id` "x"\n')
})

test('gives the program the environment it was made with, and what the run adds', async () => {
  const {stdout} = await node(`console.log(JSON.stringify(process.env))`, {env: {ADDED: 'added'}})

  expect(JSON.parse(stdout)).toMatchObject({KEPT: 'kept', ADDED: 'added'})
  expect(Object.keys(JSON.parse(stdout)).toSorted()).toEqual(['ADDED', 'KEPT', 'PATH'])
})

test('reports the exit code and what the program said', async () => {
  const error = await failureOf(node(`console.log('out'); console.error('err'); process.exitCode = 7`))

  expect(error).toMatchObject({reason: 'exited', exitCode: 7, stdout: 'out', stderr: 'err'})
})

test('reports a program that is not there', async () => {
  const error = await failureOf(runner.run(['no-such-program-here', 'x']))

  expect(error).toMatchObject({reason: 'absent', exitCode: undefined, command: ['no-such-program-here', 'x']})
})

test('tells a folder that is not there from a program that is not there', async () => {
  const cwd = join(tmpdir(), 'no-such-folder-here')

  await expect(node('', {cwd})).rejects.toThrow(`in ${cwd}: no such folder`)
})

test('reports a program that was killed', async () => {
  const error = await failureOf(node(`process.kill(process.pid, 'SIGKILL')`))

  expect(error).toMatchObject({reason: 'killed', exitCode: undefined})
})

test('delivers the lines of both streams as they come', async () => {
  const lines: string[] = []
  const script = `
    process.stdout.write('one\\ntwo')
    process.stderr.write('10%\\r20%\\r')
    setInterval(() => {}, 1000)`
  const abort = new AbortController()
  const run = node(script, {signal: abort.signal, onLine: (line) => lines.push(line)})
  const failure = failureOf(run)

  await vi.waitFor(() => expect(lines.toSorted()).toEqual(['10%', '20%', 'one']), {timeout: 10_000})
  abort.abort()
  await failure

  expect(lines).toContain('two')
})

test('writes the input to standard input, and to no place that is shown', async () => {
  const secret = 'hunter2'
  const script = `process.stdin.on('data', (data) => console.log('length', data.length)).on('end', () => process.exit(1))`

  const error = await failureOf(node(script, {input: secret}))

  expect(error.stdout).toBe('length 7')
  expect(inspect(error, {depth: 9})).not.toContain(secret)
})

test('closes standard input when there is no input', async () => {
  const {stdout} = await node(`process.stdin.on('end', () => console.log('ended')).resume()`)

  expect(stdout).toBe('ended\n')
})

test('survives a program that does not read its input', async () => {
  await expect(node('', {input: 'x'.repeat(1_000_000)})).resolves.toEqual({stdout: '', stderr: ''})
})

test('keeps the end of a big output, in characters of more than one byte too', async () => {
  let lines = 0
  const script = `for (let i = 0; i < 12; i++) console.log('é'.repeat(1048576 - 1)); console.log('end')`

  const {stdout} = await node(script, {onLine: (line) => (lines += line.endsWith('é') || line === 'end' ? 1 : 0)})

  expect(stdout).toHaveLength(10 * 1_048_576)
  expect(stdout.endsWith('é\nend\n')).toBe(true)
  expect(stdout).not.toContain('\uFFFD')
  expect(lines).toBeGreaterThanOrEqual(13)
})

test('keeps the last 200 lines for an error', async () => {
  const error = await failureOf(node(`for (let i = 1; i <= 500; i++) console.error(i); process.exitCode = 1`))

  expect(error.stderr.split('\n')).toHaveLength(200)
  expect(error.stderr.endsWith('\n500')).toBe(true)
})

test('stops the program and what it started when the caller cancels', async () => {
  const processes = await connectionCounter()
  const script = `${processes.script}
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(processes.script)}])`
  const abort = new AbortController()
  const failure = failureOf(node(script, {signal: abort.signal}))

  await vi.waitFor(() => expect(processes.count()).toBe(2), {timeout: 10_000})
  abort.abort()

  expect((await failure).reason).toBe('cancelled')
  await vi.waitFor(() => expect(processes.count()).toBe(0), {timeout: 10_000})
})

test('kills a program that ignores the first signal', async () => {
  const lines: string[] = []
  const abort = new AbortController()
  const script = `process.on('SIGTERM', () => console.log('ignored')); setInterval(() => {}, 1000); console.log('up')`
  const command = [process.execPath, '-e', script] as const
  const impatient = createRunner(env, {killAfter: 200})
  const failure = failureOf(impatient.run(command, {signal: abort.signal, onLine: (line) => lines.push(line)}))

  await vi.waitFor(() => expect(lines).toEqual(['up']), {timeout: 10_000})
  abort.abort()

  expect((await failure).reason).toBe('cancelled')
  expect(lines).toEqual(['up', 'ignored'])
})

test('starts nothing when it is cancelled already', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  const script = `require('node:fs').writeFileSync('started', '')`

  const error = await failureOf(node(script, {cwd: folder, signal: AbortSignal.abort()}))

  expect(error.reason).toBe('cancelled')
  await expect(rm(join(folder, 'started'))).rejects.toThrow('ENOENT')
})

test('stops the program and fails with the error of a listener that throws', async () => {
  const script = `console.log('line'); setInterval(() => {}, 1000)`
  const run = node(script, {
    onLine() {
      throw new Error('from the listener')
    },
  })

  await expect(run).rejects.toThrow('from the listener')
})
