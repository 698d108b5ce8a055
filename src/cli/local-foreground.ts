import {MachineError} from '../errors/errors.js'
import type {ServedRequest} from '../local/request-log/served-request.js'
import {surviveClosedPipe} from './closed-pipe.js'
import type {LocalServer} from './local-address.js'
import {readLocalServer, requireLocalServer, stateFolder} from './local-address.js'
import {prepareFolder} from './local-folder.js'
import {isAlive} from './local-process.js'
import type {StartOptions} from './local-server.js'
import {startFailure} from './local-server.js'

export interface ForegroundOptions extends Omit<StartOptions, 'root' | 'clock'> {
  /** Ends the server. */
  readonly signal: AbortSignal
  /** Once it answers. */
  onStart(server: LocalServer): void
  /** For each request that it has answered. */
  onRequest(request: ServedRequest): void
  /** What goes wrong inside. */
  onProblem(line: string): void
}

/**
 * Runs a local AWS in this process until the signal, or `local stop`, ends it.
 *
 * @throws MachineError LOCAL_RUNNING where one runs with this folder, or LOCAL_START_FAILED
 */
export async function serveInForeground(options: ForegroundOptions): Promise<LocalServer> {
  const {env, signal, port, speed, runtime, faultsFile, seed} = options
  const running = await readLocalServer(env)
  if (running !== undefined) throw isRunningAlready(running)
  const folder = stateFolder(env)
  prepareFolder(folder)
  surviveClosedPipe(process)
  const [{serve}, {chooseRuntime}, {systemClock}] = await Promise.all([
    import('../local/server/serve.js'),
    import('../local/server/runtime-choice.js'),
    import('../local/clock.js'),
  ])
  try {
    const serving = await serve({
      ...{stateFolder: folder, pid: process.pid, port, speed, faultsFile, seed, isRunning: isAlive},
      ...(await chooseRuntime({wanted: runtime, env, isRunning: isAlive, clock: systemClock()})),
      log: options.onProblem,
      onRequest: options.onRequest,
    })
    const server = await requireLocalServer(env)
    options.onStart(server)
    if (signal.aborted) serving.stop()
    else signal.addEventListener('abort', () => serving.stop(), {once: true})
    await serving.ended
    return server
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    if (error instanceof MachineError) throw error
    if ((error as Error).name === 'FolderInUse') throw new MachineError('LOCAL_RUNNING', message, {hints: runningHints})
    throw startFailure(code === 'EADDRINUSE' ? `port ${port} is in use` : message, options)
  }
}

const isRunningAlready = ({url, pid}: LocalServer): MachineError =>
  new MachineError('LOCAL_RUNNING', `a local AWS runs with this folder already, at ${url} (process ${pid})`, {
    hints: runningHints,
  })

const runningHints = ['fargate local stop', 'run a second one beside it: --state-dir <another folder>']
