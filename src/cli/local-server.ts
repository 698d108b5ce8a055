import {existsSync, mkdirSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {MachineError} from '../errors/errors.js'
import type {Clock} from '../lib/clock.js'
import type {Environment} from '../output/streams.js'
import {startInBackground} from '../process/background.js'
import type {LocalServer} from './local-address.js'
import {readLocalServer, requireLocalServer, stateFolder} from './local-address.js'
import {askLocalServer} from './local-request.js'

export interface StartOptions {
  /** The folder of the package, where the built server lies. */
  readonly root: string
  readonly env: Environment
  readonly clock: Clock
  readonly port: number
  readonly speed: number
  /** How tasks run; simulated where it is not given. */
  readonly runtime?: 'docker' | 'simulated' | undefined
}

const startTimeoutMs = 20_000
const lookEveryMs = 50
const logFileName = 'local.log'

/**
 * Starts the local AWS in the background, unless it runs, and waits until it answers.
 *
 * @throws MachineError LOCAL_START_FAILED with the last line of its log, or LOCAL_RUNTIME_DIFFERS where one runs whose
 *   tasks are of another kind than was asked for
 */
export async function startLocalServer(options: StartOptions): Promise<{server: LocalServer; started: boolean}> {
  const {env, clock} = options
  const running = await readLocalServer(env)
  if (running !== undefined) return {server: asWanted(running, options), started: false}
  const folder = stateFolder(env)
  const logFile = join(folder, logFileName)
  makeFolder(folder)
  const pid = await startInBackground({command: serverCommand(options, folder), logFile, env})
  const deadline = clock.now() + startTimeoutMs
  while (clock.now() < deadline) {
    const server = await readLocalServer(env)
    if (server !== undefined) return {server: asWanted(server, options), started: server.pid === pid}
    if (!isAlive(pid)) break
    await clock.sleep(lookEveryMs)
  }
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n')
  const reason = (lines.at(-1) ?? '').replace(/^\S+Z /, '')
  throw new MachineError('LOCAL_START_FAILED', `the local AWS did not start: ${reason || 'it says nothing'}`, {
    hints: [`read its log: ${logFile}`, ...startHints(options)],
  })
}

const startHints = ({runtime}: StartOptions): string[] =>
  runtime === 'docker'
    ? ['start the docker engine, or name its socket in DOCKER_HOST', 'simulate tasks: --runtime simulated']
    : ['use another port: --port 0 takes a free one']

function asWanted(server: LocalServer, {runtime}: StartOptions): LocalServer {
  const {runtime: present = 'simulated'} = server
  if (runtime === undefined || runtime === present) return server
  throw new MachineError('LOCAL_RUNTIME_DIFFERS', `the local AWS that is running has the runtime ${present}`, {
    hints: ['fargate local stop', `fargate local start --runtime ${runtime}`],
  })
}

/** From sources the server runs as TypeScript; as a package it is part of the bundle. */
function serverCommand(
  {root, port, speed, runtime = 'simulated'}: StartOptions,
  folder: string,
): [string, ...string[]] {
  const built = join(root, 'dist', 'src', 'local', 'main.js')
  const args = ['--state-dir', folder, '--port', String(port), '--speed', String(speed), '--runtime', runtime]
  if (!import.meta.url.endsWith('.ts') && existsSync(built)) return [process.execPath, built, ...args]
  return [process.execPath, '--import', 'tsx', join(root, 'src', 'local', 'main.ts'), ...args]
}

/** @throws MachineError when no local AWS runs, or it refuses */
export async function controlLocalServer(env: Environment, change: 'stop' | 'reset'): Promise<LocalServer> {
  const server = await requireLocalServer(env)
  await askLocalServer(server, 'POST', `/_local/${change}`)
  return server
}

/** Waits until a server that was told to stop has ended; answers whether it has. */
export async function waitForEnd({pid}: LocalServer, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + startTimeoutMs
  while (clock.now() < deadline) {
    if (!isAlive(pid)) return true
    await clock.sleep(lookEveryMs)
  }
  return false
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, {recursive: true, mode: 0o700})
  } catch (error) {
    throw new MachineError('STATE_FOLDER', `cannot make the folder ${folder}: ${(error as Error).message}`, {
      cause: error,
      hints: ['use another folder: FARGATE_STATE_DIR'],
    })
  }
}
