import {mkdtemp, rm} from 'node:fs/promises'
import type {Server} from 'node:http'
import {createServer} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {chooseRuntime} from '../../../../src/local/server/runtime-choice.js'

let folder: string
let engine: Server | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-engine-'))
})

afterEach(async () => {
  engine?.closeAllConnections()
  await new Promise((resolve) => (engine === undefined ? resolve(undefined) : engine.close(resolve)))
  engine = undefined
  await rm(folder, {recursive: true, force: true})
})

const socket = () => join(folder, 'docker.sock')
const clock = new VirtualClock()
const choose = (wanted?: string, host = `unix://${socket()}`) =>
  chooseRuntime({wanted, env: {DOCKER_HOST: host}, isRunning: () => false, clock})

/** An engine that answers, or one that never does. */
async function startEngine(answers: boolean): Promise<void> {
  engine = createServer((request, response) => {
    const version = request.url?.endsWith('/version')
    if (answers) response.end(JSON.stringify(version ? {ApiVersion: '1.41', Os: 'linux', Arch: 'amd64'} : {NCPU: 2}))
  })
  await new Promise<void>((resolve) => engine?.listen(socket(), resolve))
}

test('takes docker where an engine answers', async () => {
  await startEngine(true)

  expect(await choose()).toMatchObject({docker: {engine: expect.anything()}, runtimeReason: 'a docker engine answers'})
})

test('simulates where none is, and says where it looked', async () => {
  expect(await choose()).toEqual({runtimeReason: expect.stringContaining(`does not answer at ${socket()}`)})
})

test('simulates where the engine is on another machine', async () => {
  expect(await choose(undefined, 'tcp://10.0.0.1:2375')).toEqual({
    runtimeReason: expect.stringContaining('DOCKER_HOST is tcp://10.0.0.1:2375'),
  })
})

test('waits 2 seconds for an engine that does not answer', async () => {
  await startEngine(false)
  const chosen = choose()
  await clock.advance(1_999)
  await clock.advance(1)

  expect(await chosen).toEqual({runtimeReason: 'the docker engine does not answer within 2 seconds'})
})

test('asks no engine where tasks are to be simulated', async () => {
  expect(await choose('simulated')).toEqual({runtimeReason: '--runtime simulated'})
})

test('fails where docker was asked for and does not answer', async () => {
  await expect(choose('docker')).rejects.toThrow(`does not answer at ${socket()}`)
})
