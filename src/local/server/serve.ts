import {randomBytes} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {machineTime, systemClock} from '../clock.js'
import {recordRequests} from '../request-log/recording.js'
import {RequestLog} from '../request-log/request-log.js'
import type {ServedRequest} from '../request-log/served-request.js'
import type {LastingClock} from '../state/lasting-clock.js'
import {savedResponse} from '../state/saved-calls.js'
import type {DockerMachine} from './docker-tasks.js'
import {dockerTasks} from './docker-tasks.js'
import type {FaultFile} from './fault-control.js'
import {faultFile} from './fault-control.js'
import {lockFolder} from './folder-lock.js'
import {takeInventory} from './inventory/inventory.js'
import {LiveFeed} from './live-feed.js'
import type {Run} from './run.js'
import {startRun} from './run.js'
import type {SavedRun} from './saved-home.js'
import {forgetRuns, homeClock, openRun, prepareHome} from './saved-home.js'
import type {RunningServer} from './server.js'
import {startServer} from './server.js'
import {removeDescription, writeDescription} from './state-file.js'

export interface ServeOptions {
  readonly stateFolder: string
  /** Of the process that serves. */
  readonly pid: number
  /** 0 takes the one of the last run where it is free, or any free one. */
  readonly port: number
  /** Waiting times are divided by it. */
  readonly speed: number
  /** Runs tasks as containers; they are simulated where it is not given. */
  readonly docker?: DockerMachine
  /** Why tasks run as they do, for people. */
  readonly runtimeReason: string
  isRunning(pid: number): boolean
  /** Told of each request once it is answered. */
  readonly onRequest?: (request: ServedRequest) => void
  /** A plan of what goes wrong, in place of that of an earlier run. */
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

/**
 * Starts a local AWS with its server on what earlier runs have left in the state folder, and leaves its description there
 * until it ends.
 *
 * @throws StateFailure where the folder cannot be used, or another one runs with it; the error of node:net for the port
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const {stateFolder, speed, log} = options
  prepareHome(stateFolder)
  const lock = await lockFolder({...options, folder: stateFolder, clock: systemClock()})
  try {
    const clock = homeClock(stateFolder, speed, log)
    const home = new HomeServer(options, clock)
    const url = await home.start()
    const ended = home.end().finally(() => {
      clock.close()
      lock.close()
    })
    return {url, ended, stop: home.stop}
  } catch (error) {
    lock.close()
    throw error
  }
}

/** A server that has its folder for itself. */
class HomeServer {
  readonly #options: ServeOptions
  readonly #clock: LastingClock
  readonly #requestLog = new RequestLog()
  readonly #recording: ReturnType<typeof recordRequests>
  readonly #docker: ReturnType<typeof dockerTasks> | undefined
  readonly #liveFeed: LiveFeed
  readonly #stopped = Promise.withResolvers<void>()
  readonly #startedAt: string
  readonly #addFaults: FaultFile
  #host = ''
  #run: Run | undefined
  #server: RunningServer | undefined
  #resumed = false

  constructor(options: ServeOptions, clock: LastingClock) {
    const {onRequest, docker} = options
    this.#options = options
    this.#clock = clock
    this.#addFaults = faultFile(options.faultsFile)
    this.#startedAt = new Date(clock.now()).toISOString()
    if (onRequest !== undefined) this.#requestLog.follow(onRequest)
    this.#recording = recordRequests({log: this.#requestLog, clock, machineTime})
    this.#docker = docker && dockerTasks({...options, ...docker, clock})
    this.#liveFeed = new LiveFeed({
      look: () => takeInventory(this.#present.aws),
      describe: () => ({...this.#describe(), now: new Date(clock.now()).toISOString()}),
      log: this.#requestLog,
      clock: systemClock(),
    })
  }

  /** Answers where it is reached. */
  async start(): Promise<string> {
    const {stateFolder, log} = this.#options
    const saved = openRun(stateFolder, log)
    this.#resumed = saved.resumed
    const token = randomBytes(24).toString('base64url')
    const server = await this.#listen(token, saved)
    this.#server = server
    this.#host = `127.0.0.1:${server.port}`
    try {
      // At once, since from now on there are requests.
      this.#run = this.#startRun(saved)
      await this.#run.ready
      const {origin: timeOrigin} = this.#clock
      writeDescription(stateFolder, {...this.#describe(), port: server.port, token, timeOrigin})
    } catch (error) {
      saved.saver.abandon()
      await server.close()
      throw error
    }
    await this.#docker?.removeLeftovers()
    return server.url
  }

  readonly stop = (): void => this.#stopped.resolve()

  /** Waits for the stop and closes everything: first what changes the state, then what keeps it, then what it is about. */
  async end(): Promise<void> {
    await this.#stopped.promise
    const {aws, saved} = this.#present
    removeDescription(this.#options.stateFolder)
    this.#liveFeed.close()
    await this.#server?.close()
    saved.saver.trySave()
    saved.saver.abandon()
    await aws.close()
  }

  get #present(): Run {
    if (this.#run === undefined) throw new Error('the local AWS has not started yet')
    return this.#run
  }

  #startRun(saved: SavedRun): Run {
    const {stateFolder, seed, log} = this.#options
    return startRun(
      {
        ...{stateFolder, seed, log, addFaults: this.#addFaults},
        ...{clock: this.#clock, host: this.#host, docker: this.#docker, recording: this.#recording},
      },
      saved,
    )
  }

  /** Without a port of its own it takes the one that clients know, as far as it is free. */
  async #listen(token: string, saved: SavedRun): Promise<RunningServer> {
    const {port} = this.#options
    const last = Number(saved.memory.hosts[0]?.split(':')[1] ?? 0)
    const listen = (wanted: number) => startServer({...this.#serverOptions(token), port: wanted})
    if (port !== 0 || last === 0) return listen(port)
    return listen(last).catch((error: NodeJS.ErrnoException) => {
      if (!['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) throw error
      return listen(0)
    })
  }

  #serverOptions(token: string) {
    return {
      aws: () => this.#present.aws,
      token,
      describe: () => this.#describe(),
      requestLog: this.#requestLog,
      liveFeed: this.#liveFeed,
      onRegistryRequest: (request: IncomingMessage, response: ServerResponse) => {
        this.#recording.registryRequest(request, response)
        savedResponse(this.#present.saved.saver, request, response)
      },
      saveFaults: () => {
        this.#present.saved.saver.mark('faults')
        this.#present.saved.saver.save()
      },
      reset: () => this.#reset(),
      save: () => this.#present.saved.saver.trySave(),
      stop: this.stop,
    }
  }

  async #reset(): Promise<void> {
    const {aws, saved} = this.#present
    const {stateFolder, log} = this.#options
    saved.saver.abandon()
    await aws.close()
    forgetRuns(stateFolder)
    this.#run = this.#startRun(openRun(stateFolder, log))
    await this.#run.ready
  }

  #describe() {
    const {pid, speed, runtimeReason, stateFolder} = this.#options
    return {
      ...{pid, url: `http://${this.#host}`, page: `http://${this.#host}/_local/`, speed},
      ...{runtime: this.#present.aws.runtime, runtimeReason, stateFolder, startedAt: this.#startedAt},
      resumed: this.#resumed,
    }
  }
}
