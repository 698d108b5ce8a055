import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {MachineError} from '../errors/errors.js'
import type {Clock} from '../lib/clock.js'
import type {Environment} from '../output/streams.js'
import {startInBackground} from '../process/background.js'
import type {LocalServer} from './local-address.js'
import {describedServer, readLocalServer, requireLocalServer, stateFolder} from './local-address.js'
import {prepareFolder} from './local-folder.js'
import {isAlive} from './local-process.js'
import {askLocalServer} from './local-request.js'

export interface StartOptions {
  /** The folder of the package, where the built server lies. */
  readonly root: string
  readonly env: Environment
  readonly clock: Clock
  readonly port: number
  readonly speed: number
  /** How tasks run; in docker, where an engine answers, if it is not given. */
  readonly runtime?: 'docker' | 'simulated' | undefined
  /** A plan of what goes wrong, which has been checked. */
  readonly faultsFile?: string | undefined
  /** Makes ids and faults the same from run to run. */
  readonly seed?: number | undefined
}

export interface Start {
  readonly server: LocalServer
  /** False when it was running already. */
  readonly started: boolean
  /** A former one of this folder that has ended without cleaning up. */
  readonly killed?: LocalServer | undefined
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
export async function startLocalServer(options: StartOptions): Promise<Start> {
  const {env, clock} = options
  const running = await readLocalServer(env)
  if (running !== undefined) return {server: asWanted(withoutPlan(running, options), options), started: false}
  const killed = await describedServer(env)
  const folder = stateFolder(env)
  const logFile = join(folder, logFileName)
  prepareFolder(folder)
  const pid = await startInBackground({command: serverCommand(options, folder), logFile, env})
  const deadline = clock.now() + startTimeoutMs
  while (clock.now() < deadline) {
    const server = await readLocalServer(env)
    if (server !== undefined) return {server: asWanted(server, options), started: server.pid === pid, killed}
    // Of two that start at the same time one is refused, and the other one is still starting.
    if (!isAlive(pid) && !(await lastLine(logFile)).includes(inUse)) break
    await clock.sleep(lookEveryMs)
  }
  throw startFailure((await lastLine(logFile)) || 'it says nothing', options, [`read its log: ${logFile}`])
}

const inUse = 'another local AWS runs with the folder'

async function lastLine(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n')
  return (lines.at(-1) ?? '').replace(/^\S+Z /, '')
}

/** Why a local AWS did not start, in the words of its server, and what to do. */
export function startFailure(
  reason: string,
  {runtime}: Pick<StartOptions, 'runtime'>,
  hints: readonly string[] = [],
): MachineError {
  return new MachineError('LOCAL_START_FAILED', `the local AWS did not start: ${reason}`, {
    hints: [...hints, ...remedies(reason, runtime)],
  })
}

function remedies(reason: string, runtime: StartOptions['runtime']): string[] {
  if (/^port /.test(reason)) return ['use another port: --port 0 takes a free one']
  // The other reasons say themselves what to do.
  if (runtime !== 'docker' || !/docker/.test(reason)) return []
  return ['start the docker engine, or name its socket in DOCKER_HOST', 'simulate tasks: --runtime simulated']
}

/** Faults and seed are for a start: one that runs would not become as if it had been started with them. */
function withoutPlan(server: LocalServer, {faultsFile, seed}: StartOptions): LocalServer {
  if (faultsFile === undefined && seed === undefined) return server
  const flag = faultsFile === undefined ? '--seed' : '--faults'
  throw new MachineError(
    'LOCAL_RUNNING',
    `${flag} is for a start, and a local AWS is running (process ${server.pid})`,
    {
      hints: [
        ...(faultsFile === undefined ? [] : [`fargate local fault add --file ${faultsFile}`]),
        'fargate local stop, then start it again',
      ],
    },
  )
}

function asWanted(server: LocalServer, {runtime}: StartOptions): LocalServer {
  const {runtime: present} = server
  if (runtime === undefined || runtime === present) return server
  throw new MachineError('LOCAL_RUNTIME_DIFFERS', `the local AWS that is running has the runtime ${present}`, {
    hints: ['fargate local stop', `fargate local start --runtime ${runtime}`],
  })
}

/** From sources the server runs as TypeScript; as a package it is part of the bundle. */
function serverCommand(
  {root, port, speed, runtime, faultsFile, seed}: StartOptions,
  folder: string,
): [string, ...string[]] {
  const built = join(root, 'dist', 'src', 'local', 'main.js')
  const args = ['--state-dir', folder, '--port', String(port), '--speed', String(speed)]
  if (runtime !== undefined) args.push('--runtime', runtime)
  if (faultsFile !== undefined) args.push('--faults', faultsFile)
  if (seed !== undefined) args.push('--seed', String(seed))
  if (!import.meta.url.endsWith('.ts') && existsSync(built)) return [process.execPath, built, ...args]
  return [process.execPath, '--import', 'tsx', join(root, 'src', 'local', 'main.ts'), ...args]
}

/** @throws MachineError when no local AWS runs, or it refuses */
export async function emptyLocalServer(env: Environment): Promise<LocalServer> {
  const server = await requireLocalServer(env)
  await askLocalServer(server, 'POST', '/_local/reset')
  return server
}

/**
 * Tells a local AWS to stop, and answers whether everything in it is saved.
 *
 * @throws MachineError when no local AWS runs, or it refuses
 */
export async function stopLocalServer(
  env: Environment,
): Promise<{readonly server: LocalServer; readonly saved: boolean}> {
  const server = await requireLocalServer(env)
  const {saved = true} = (await askLocalServer(server, 'POST', '/_local/stop')) as {readonly saved?: boolean}
  return {server, saved}
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
