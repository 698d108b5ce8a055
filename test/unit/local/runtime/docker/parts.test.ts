import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {BroughtImages} from '../../../../../src/local/runtime/docker/brought-images.js'
import {engineSocket} from '../../../../../src/local/runtime/docker/connect-engine.js'
import {inOrder} from '../../../../../src/local/runtime/docker/container-order.js'
import type {Engine} from '../../../../../src/local/runtime/docker/engine.js'
import {checkTimes, stopSeconds} from '../../../../../src/local/runtime/docker/health-timing.js'
import {jsonLines} from '../../../../../src/local/runtime/docker/json-lines.js'
import {readLog} from '../../../../../src/local/runtime/docker/log-lines.js'
import {pauseProgram} from '../../../../../src/local/runtime/docker/pause-program.js'
import {pullFailure} from '../../../../../src/local/runtime/docker/pull-failure.js'
import {pullName} from '../../../../../src/local/runtime/docker/reference-name.js'
import {isLeftover, serverLabels} from '../../../../../src/local/runtime/docker/server-identity.js'
import {tarOf} from '../../../../../src/local/runtime/docker/tar.js'

async function* chunksOf(...chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks
}

function rawFrame(output: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(output)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

const frame = (output: number, text: string): Buffer => rawFrame(output, Buffer.from(text))

async function linesOf(chunks: readonly Buffer[], terminal = false): Promise<string[]> {
  const lines: string[] = []
  await readLog(chunksOf(...chunks), {terminal}, (line) => lines.push(line))
  return lines
}

test('two outputs in one stream are told apart, and an unfinished line comes at the end', async () => {
  const chunks = [frame(1, 'out '), frame(2, 'error\nmore'), frame(1, 'put\n\nlast'), frame(2, ' of it\n')]

  expect(await linesOf(chunks)).toEqual(['error', 'out put', 'more of it', 'last'])
})

test('frames and characters may be cut anywhere', async () => {
  const bytes = Buffer.concat([frame(1, 'grüß dich\n'), frame(1, '…\n')])

  for (let cut = 1; cut < bytes.length; cut++) {
    expect(await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(['grüß dich', '…'])
  }
})

test('a terminal has one output without frames, and carriage returns', async () => {
  expect(await linesOf([Buffer.from('one\r\ntw'), Buffer.from('o\r\n')], true)).toEqual(['one', 'two'])
})

test('a line longer than an event of CloudWatch Logs is split', async () => {
  const longest = 262_144 - 26
  const lines = await linesOf([frame(1, 'x'.repeat(longest + 5)), frame(1, '\n')])

  expect(lines.map(({length}) => length)).toEqual([longest, 5])
})

test('a long line is cut between characters', async () => {
  const line = 'ü'.repeat(262_144)
  const bytes = Buffer.from(`${line}\n`)
  const frames = Array.from({length: Math.ceil(bytes.length / 16_384)}, (_, index) =>
    rawFrame(1, bytes.subarray(index * 16_384, (index + 1) * 16_384)),
  )

  const lines = await linesOf(frames)

  expect(lines.join('') === line).toBe(true)
  expect(lines.map((each) => Buffer.byteLength(each))).toEqual([262_118, 262_118, 52])
})

test('bytes that are no text are replaced, and no event is too long for that', async () => {
  const garbage = Buffer.alloc(100_000, 0xff)

  const lines = await linesOf([rawFrame(1, Buffer.concat([garbage, Buffer.from('\n')]))])

  expect(new Set(lines.join(''))).toEqual(new Set(['\uFFFD']))
  expect(lines.join('')).toHaveLength(100_000)
  expect(Math.max(...lines.map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(262_118)
})

test('JSON documents come one by one, however the stream is cut', async () => {
  const bytes = Buffer.from('{"a":"ü"}\r\n{"b":2}\n\n{"c":3}')

  for (let cut = 1; cut < bytes.length; cut++) {
    const documents = []
    for await (const each of jsonLines(chunksOf(bytes.subarray(0, cut), bytes.subarray(cut)))) documents.push(each)
    expect(documents).toEqual([{a: 'ü'}, {b: 2}, {c: 3}])
  }
})

test.each([
  [{DOCKER_HOST: 'unix:///run/user/1/docker.sock'}, '/run/user/1/docker.sock'],
  [{HOME: '/home/x'}, '/home/x/.docker/run/docker.sock'],
  [{HOME: '/none', XDG_RUNTIME_DIR: '/run/user/1'}, '/run/user/1/docker.sock'],
  [{}, '/var/run/docker.sock'],
])('the socket for %j is %s', (env, path) => {
  const there = ['/home/x/.docker/run/docker.sock', '/run/user/1/docker.sock']

  expect(engineSocket(env, (place) => there.includes(place))).toBe(path)
})

test('an engine of another machine is refused', () => {
  expect(() => engineSocket({DOCKER_HOST: 'tcp://10.0.0.1:2375'})).toThrow('DOCKER_HOST is tcp://10.0.0.1:2375')
})

const registry = '127.0.0.1:4566/000000000000/us-east-1'

test.each([
  ['nginx', 'nginx', 'latest', 'docker.io/library/nginx:latest'],
  ['team/web:v1', 'team/web', 'v1', 'docker.io/team/web:v1'],
  [`${registry}/web@sha256:ab`, `${registry}/web`, 'sha256:ab', `${registry}/web@sha256:ab`],
])('%s is pulled as %s, %s', (reference, repository, version, resolved) => {
  expect(pullName(reference)).toEqual({repository, version, resolved})
})

test.each([
  ['manifest unknown: Requested image not found', /retried 1 time\(s\): failed to resolve ref a:b: a:b: not found$/],
  ['pull access denied for a, repository does not exist', /retried 1 time\(s\): .*: pull access denied, /],
  [
    'dial tcp: lookup a: no such host',
    /retried 5 time\(s\): .*: failed to do request: dial tcp: lookup a: no such host$/,
  ],
  ['no matching manifest for linux/arm64 in the manifest list', /7 time\(s\): .* platform 'linux\/arm64'$/],
])('the engine’s “%s” is told as Fargate tells it', (words, reason) => {
  const told = pullFailure('a:b', words, {os: 'linux', architecture: 'arm64'})

  expect(told).toMatch(/^CannotPullContainerError: pull image manifest has been retried /)
  expect(told).toMatch(reason)
})

const check = {command: [], timeoutSeconds: 5, retries: 3}

test.each([
  {speed: 1, intervalSeconds: 30, startPeriodSeconds: 10, expected: [30, 10]},
  {speed: 10, intervalSeconds: 30, startPeriodSeconds: 10, expected: [3, 91]},
  {speed: 100, intervalSeconds: 30, startPeriodSeconds: 0, expected: [1, 87]},
])('at speed $speed a container has as long as on AWS until it is unhealthy', ({speed, expected, ...times}) => {
  const {intervalSeconds, startPeriodSeconds} = checkTimes({...check, ...times}, speed)

  expect([intervalSeconds, startPeriodSeconds]).toEqual(expected)
  expect(startPeriodSeconds + 3 * intervalSeconds).toBe(times.startPeriodSeconds + 3 * times.intervalSeconds)
})

test.each([
  [30, 1, 30],
  [30, 10, 3],
  [30, 1000, 2],
  [1, 1000, 1],
  [0, 1, 0],
])('a stop timeout of %i s at speed %i is %i s', (timeout, speed, seconds) => {
  expect(stopSeconds(timeout, speed)).toBe(seconds)
})

test('containers come after what they depend on; a circle does no harm', () => {
  const container = (name: string, dependsOn: readonly string[], volumesFrom: readonly string[] = []) => ({
    name,
    spec: {
      name,
      image: 'x',
      essential: true,
      environment: {},
      containerPorts: [],
      stopTimeoutSeconds: 30,
      dependsOn: dependsOn.map((other) => ({container: other, condition: 'START' as const})),
      volumesFrom: volumesFrom.map((other) => ({container: other, readOnly: false})),
    },
  })
  const containers = [container('a', ['b'], ['d']), container('b', ['c']), container('c', ['b']), container('d', [])]

  expect(inOrder(containers).map(({name}) => name)).toEqual(['c', 'b', 'd', 'a'])
})

const own = {id: 'own', machine: 'here', pid: 10, folder: '/state'}

test.each([
  ['its own', {}, false],
  ['of a server that runs', {id: 'other', pid: 11, folder: '/other'}, false],
  ['of a server that has ended', {id: 'other', pid: 12, folder: '/other'}, true],
  ['of the former user of its folder', {id: 'other', pid: 11}, true],
  ['of one that had its process id', {id: 'other', folder: '/other'}, true],
  ['of another machine', {id: 'other', pid: 12, machine: 'there'}, false],
])('what is %s is left over: %s', (_, difference, leftover) => {
  expect(isLeftover(serverLabels({...own, ...difference}), own, (pid) => pid !== 12)).toBe(leftover)
})

test('what has no process id in its labels is nobody’s to remove', () => {
  expect(isLeftover({'fargate.local': 'x', 'fargate.local.machine': 'here'}, own, () => false)).toBe(false)
})

test.each([
  ['amd64', 62],
  ['arm64', 183],
])('the waiting program for %s is an ELF executable whose segment spans the file', (architecture, machine) => {
  const program = pauseProgram(architecture)

  expect(program.subarray(0, 4).toString('latin1')).toBe('\x7fELF')
  expect(program.readUInt16LE(18)).toBe(machine)
  expect(program.readBigUInt64LE(24)).toBe(program.readBigUInt64LE(80) + 120n)
  expect(program.readBigUInt64LE(96)).toBe(BigInt(program.length))
})

test('there is no waiting program for other machines', () => {
  expect(() => pauseProgram('s390x')).toThrow('tasks cannot run on a docker engine for s390x')
})

test('a tar archive has whole blocks, an executable file and a sum that counts itself as spaces', () => {
  const archive = tarOf('pause', Buffer.from('hello'))

  expect(archive.length % 512).toBe(0)
  expect(archive.subarray(0, 6).toString()).toBe('pause\0')
  expect(archive.subarray(100, 107).toString()).toBe('0000755')
  expect(Number.parseInt(archive.subarray(124, 135).toString(), 8)).toBe(5)
  expect(archive.subarray(257, 265).toString()).toBe('ustar\x0000')
  expect(archive.subarray(512, 517).toString()).toBe('hello')
  const sum = Number.parseInt(archive.subarray(148, 154).toString(), 8)
  const header = Buffer.from(archive.subarray(0, 512)).fill(' ', 148, 156)
  expect(header.reduce((total, byte) => total + byte, 0)).toBe(sum)
})

test('the next server knows the images that one has brought which was killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'images-'))
  onTestFinished(() => rm(folder, {recursive: true}))
  const removed: string[] = []
  const engine = {removeImage: async (reference: string) => void removed.push(reference)} as unknown as Engine
  const file = join(folder, 'images.json')
  new BroughtImages(engine, file).add('nginx:1')

  const next = new BroughtImages(engine, file)
  next.add('redis:7')
  await next.remove(() => undefined)
  await new BroughtImages(engine, file).remove(() => undefined)

  expect(removed).toEqual(['nginx:1', 'redis:7'])
})
