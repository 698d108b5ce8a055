import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {dockerConfigFolder} from './docker-config.mjs'
import {runProgram} from './program.mjs'

/** A step that did not do what it should. */
export class StepFailure extends Error {}

class Interruption extends Error {}

const stateFolder = 'local-aws'
const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129}

/**
 * Where the product is shown or measured: a temporary folder, an environment that knows nothing of the user, and a list
 * of what has to be cleaned up, however it ends.
 */
export class Session {
  #interruption = new AbortController()
  #cleanups = []
  #name
  /** The folder of the sources. */
  root
  /** The temporary folder. */
  folder
  env

  constructor(name, root) {
    this.#name = name
    this.root = root
    for (const name of Object.keys(exitCodes)) process.on(name, () => this.#interruption.abort(name))
    process.stdout.on('error', () => this.#interruption.abort('SIGHUP'))
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), `fargate-${name}-`))
    this.cleanUpWith(() => rmSync(this.folder, {force: true, recursive: true, maxRetries: 5}))
  }

  /** Does the work, cleans up, and answers the exit code. */
  async play(work) {
    let exitCode = 0
    try {
      this.env = environment(this.folder)
      await work(this)
    } catch (error) {
      exitCode = this.#report(error)
    }
    for (const cleanUp of this.#cleanups.toReversed()) {
      try {
        await cleanUp()
      } catch (error) {
        console.error(`cannot clean up: ${error.stack}`)
        exitCode ||= 1
      }
    }
    return exitCode
  }

  /** What is done last is cleaned up first. */
  cleanUpWith(cleanUp) {
    this.#cleanups.push(cleanUp)
  }

  /** Fails when the user wants to stop. */
  checkInterruption() {
    if (this.#interruption.signal.aborted) throw new Interruption()
  }

  /** Runs a program; `capture` keeps its output from the screen. */
  async run(command, options = {}) {
    this.checkInterruption()
    const result = await runProgram(command, {
      env: this.env,
      cwd: this.folder,
      signal: this.#interruption.signal,
      ...options,
    })
    this.checkInterruption()
    return result
  }

  /** The same, for cleaning up: it goes on after Ctrl-C, and shows nothing. */
  runQuietly(command) {
    return runProgram(command, {env: this.env, cwd: this.root, capture: true, timeoutMs: 30_000})
  }

  /** A server that does not run any longer, or not yet, is fine. */
  stopServerAtEnd(product) {
    this.cleanUpWith(async () => {
      const {exitCode, stdout, stderr} = await this.runQuietly([process.execPath, product, 'local', 'stop'])
      if (exitCode !== 0) throw new Error(`the local AWS may run still: ${stdout}${stderr}`)
    })
  }

  /** A copy of one of the examples, to be changed. */
  copyExample(name) {
    const copy = join(this.folder, name)
    cpSync(join(this.root, 'examples', name), copy, {recursive: true})
    return copy
  }

  #report(error) {
    const {aborted, reason} = this.#interruption.signal
    if (aborted) {
      console.error('\nStopped; cleaning up…')
      return exitCodes[reason]
    }
    console.error(`\nThe ${this.#name} has failed: ${error instanceof StepFailure ? error.message : error.stack}`)
    console.error(serverLog(join(this.folder, stateFolder)))
    return 1
  }
}

/** Nothing of the user's accounts and settings is used or changed. */
function environment(folder) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|FARGATE_|GIT_)/.test(name))
  const home = join(folder, 'home')
  mkdirSync(home)
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    DOCKER_CONFIG: dockerConfigFolder(folder, process.env),
    FARGATE_STATE_DIR: join(folder, stateFolder),
    FARGATE_LOCAL: '1',
    NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
    // The copies of the examples belong to no git repository, wherever the temporary folder lies.
    GIT_CEILING_DIRECTORIES: folder,
  }
}

function serverLog(folder) {
  const file = join(folder, 'local.log')
  if (!existsSync(file)) return ''
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-10)
  return ['Last lines of the log of the local AWS:', ...lines].join('\n  ')
}
