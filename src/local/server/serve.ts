import {randomBytes} from 'node:crypto'
import {readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {machineTime, systemClock} from '../clock.js'
import type {LocalAws} from '../local-aws.js'
import {createLocalAws} from '../local-aws.js'
import {recordRequests} from '../request-log/recording.js'
import {RequestLog} from '../request-log/request-log.js'
import type {ServedRequest} from '../request-log/served-request.js'
import type {DockerMachine} from './docker-tasks.js'
import {dockerTasks} from './docker-tasks.js'
import {seedExamples} from './example-images.js'
import {faultFile} from './fault-control.js'
import {takeInventory} from './inventory/inventory.js'
import {LiveFeed} from './live-feed.js'
import {startServer} from './server.js'
import {removeDescription, writeDescription} from './state-file.js'

export interface ServeOptions {
  readonly stateFolder: string
  /** Of the process that serves. */
  readonly pid: number
  /** 0 takes any free port. */
  readonly port: number
  /** Waiting times are divided by it. */
  readonly speed: number
  /** Runs tasks as containers; they are simulated where it is not given. */
  readonly docker?: DockerMachine
  /** Why tasks run as they do, for people. */
  readonly runtimeReason: string
  /** Told of each request once it is answered. */
  readonly onRequest?: (request: ServedRequest) => void
  /** A plan of what goes wrong; nothing does where it is not given. */
  readonly faultsFile?: string | undefined
  /** Makes ids and faults the same from run to run. */
  readonly seed?: number | undefined
  /** One line for people on what goes wrong inside. */
  log(line: string): void
}

export interface Serving {
  readonly url: string
  /** Settled once everything is closed and cleaned up. */
  readonly ended: Promise<void>
  stop(): void
}

/** Starts a local AWS with its server, and leaves its description in the state folder until it ends. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const {stateFolder, pid, speed, seed, log} = options
  const addFaults = faultFile(options.faultsFile)
  const clock = systemClock(speed)
  const token = randomBytes(24).toString('base64url')
  const authorityFolder = join(stateFolder, 'certificate-authority')
  const blobsFolder = join(stateFolder, `${blobsPrefix}${pid}`)
  const startedAt = new Date(clock.now()).toISOString()
  const requestLog = new RequestLog()
  if (options.onRequest !== undefined) requestLog.follow(options.onRequest)
  const recording = recordRequests({log: requestLog, clock, machineTime})
  const docker = options.docker && dockerTasks({...options, ...options.docker, clock})
  let host = ''
  let end: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => {
    end = resolve
  })

  const start = async (): Promise<LocalAws> => {
    rmSync(blobsFolder, {recursive: true, force: true})
    const aws = createLocalAws({
      clock,
      host: () => host,
      blobsFolder,
      authorityFolder,
      listen: true,
      ...(seed !== undefined && {seed}),
      ...(docker && {createRuntime: docker.createRuntime}),
      onStart: recording.onStart,
      onEnd: recording.onEnd,
      onError: (error, call) => log(`${call.service}:${call.operation}: ${String(error)}`),
    })
    addFaults(aws)
    // They hold no program that could really run.
    if (docker === undefined) await seedExamples(aws.registry)
    return aws
  }

  let aws = await start()
  const {runtimeReason} = options
  const describe = () => ({
    ...{pid, url: `http://${host}`, page: `http://${host}/_local/`, speed},
    ...{runtime: aws.runtime, runtimeReason, stateFolder, startedAt},
  })
  const liveFeed = new LiveFeed({
    look: () => takeInventory(aws),
    describe: () => ({...describe(), now: new Date(clock.now()).toISOString()}),
    log: requestLog,
    clock: systemClock(),
  })
  const server = await startServer({
    aws: () => aws,
    port: options.port,
    token,
    describe,
    requestLog,
    liveFeed,
    onRegistryRequest: recording.registryRequest,
    reset: async () => {
      await aws.close()
      aws = await start()
    },
    stop: () => end(),
  })
  host = `127.0.0.1:${server.port}`
  await writeDescription(stateFolder, {...describe(), port: server.port, token})
  removeOldBlobs(stateFolder, blobsFolder)
  await docker?.removeLeftovers()

  const ended = stopped.then(async () => {
    removeDescription(stateFolder)
    liveFeed.close()
    await aws.close()
    await server.close()
    rmSync(blobsFolder, {recursive: true, force: true})
  })
  return {url: server.url, ended, stop: () => end()}
}

const blobsPrefix = 'registry-'

/** What servers have left that were killed; no other one runs with this folder now. */
function removeOldBlobs(stateFolder: string, own: string): void {
  for (const name of readdirSync(stateFolder)) {
    const folder = join(stateFolder, name)
    if (name.startsWith(blobsPrefix) && folder !== own) rmSync(folder, {recursive: true, force: true})
  }
}
