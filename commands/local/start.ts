import {Flags} from '@oclif/core'
import {BaseCommand} from '../../src/cli/base-command.js'
import {createSystemClock} from '../../src/cli/clock.js'
import {faultStartFlags, faultStartOptions} from '../../src/cli/fault-start.js'
import type {GlobalFlags} from '../../src/cli/global-flags.js'
import type {LocalServer} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import {serveInForeground} from '../../src/cli/local-foreground.js'
import type {StartOptions} from '../../src/cli/local-server.js'
import {startLocalServer} from '../../src/cli/local-server.js'
import type {LocalStartResult} from '../../src/cli/local-start.js'
import {localStartResult, startWarnings} from '../../src/cli/local-start.js'
import {renderLocalStart} from '../../src/cli/render/local-start.js'
import {renderServedRequest} from '../../src/cli/render/served-request.js'

export default class LocalStart extends BaseCommand<LocalStartResult> {
  static override summary = 'Start the local AWS, in the background or here.'
  static override description =
    'It listens on loopback only. Tasks are containers on the Docker engine of this machine where one answers; else they are simulated: what an image does is read from its labels and command, nothing of it is run. Use it with --local, or from any AWS tool with the variables printed. A browser shows it live at the address of its page. With --foreground it prints the requests that it serves, until Ctrl-C, which is its normal end (exit code 0).'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --speed 10 --runtime simulated',
    '<%= config.bin %> <%= command.id %> --faults faults.json --seed 7',
    '<%= config.bin %> <%= command.id %> --foreground',
    '<%= config.bin %> <%= command.id %> --state-dir ./second',
    'eval "$(<%= config.bin %> local env)" && aws ecs list-clusters',
  ]
  static override flags = {
    foreground: Flags.boolean({description: 'serve here, and print the requests, until Ctrl-C'}),
    port: Flags.integer({description: 'port on 127.0.0.1; a free one without it', default: 0, min: 0, max: 65_535}),
    speed: Flags.integer({description: 'how many times faster than AWS it waits', default: 1, min: 1, max: 1000}),
    runtime: Flags.string({
      description: 'how tasks run; docker where an engine answers, without it',
      options: ['docker', 'simulated'],
    }),
    ...faultStartFlags,
    ...localFlags,
  }

  #streams = false

  async run(): Promise<LocalStartResult> {
    const {flags} = await this.parse(LocalStart)
    const env = localEnvironment(flags, this.env)
    const {port, speed} = flags
    const runtime = flags.runtime as 'docker' | 'simulated' | undefined
    const options = {env, port, speed, runtime, ...(await faultStartOptions(flags))}
    if (flags.foreground) return this.#serveHere(flags, options)
    const output = this.output(flags)
    const start = await output.step('Starting the local AWS', () =>
      startLocalServer({...options, root: this.config.root, clock: createSystemClock()}),
    )
    for (const warning of startWarnings(start, {port, speed})) output.warn(warning)
    const result = localStartResult(start.server, {started: start.started, flags, env})
    output.result(renderLocalStart(result))
    return result
  }

  async #serveHere(flags: GlobalFlags, options: Omit<StartOptions, 'root' | 'clock'>): Promise<LocalStartResult> {
    this.#streams = true
    const output = this.output(flags)
    const paint = this.paint()
    const resultOf = (server: LocalServer) => localStartResult(server, {started: true, flags, env: options.env})
    const server = await serveInForeground({
      ...options,
      signal: this.interruptions().signal,
      onStart: (server) => {
        if (this.jsonEnabled()) this.logJsonLine(resultOf(server))
        else output.result(`${renderLocalStart(resultOf(server))}\n`)
      },
      onRequest: (request) => {
        if (this.jsonEnabled()) this.logJsonLine(request)
        else output.result(renderServedRequest(request, paint))
      },
      onProblem: (line) => output.warn(line),
    })
    return resultOf(server)
  }

  /** In the foreground everything is printed already; what is left is an error. */
  protected override logJson(document: unknown): void {
    if (!this.#streams) super.logJson(document)
    else if (typeof document === 'object' && document !== null && 'error' in document) this.logJsonLine(document)
  }
}
