import {Flags} from '@oclif/core'
import {BaseCommand} from '../../src/cli/base-command.js'
import {createSystemClock} from '../../src/cli/clock.js'
import {startLocalServer} from '../../src/cli/local-server.js'
import type {LocalVariables} from '../../src/cli/local-variables.js'
import {exportLines, localVariables} from '../../src/cli/local-variables.js'

interface LocalStartResult {
  readonly url: string
  readonly pid: number
  /** False when it was running already. */
  readonly started: boolean
  readonly speed: number
  /** How tasks run: `docker` or `simulated`. */
  readonly runtime: string
  readonly environment: LocalVariables
}

export default class LocalStart extends BaseCommand<LocalStartResult> {
  static override summary = 'Start the local AWS in the background.'
  static override description =
    'It listens on loopback only. Tasks are simulated: what an image does is read from its labels and ' +
    'command, nothing of it is run. With --runtime docker they are containers on the Docker engine of this ' +
    'machine. Use it with --local, or from any AWS tool with the variables printed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --speed 10',
    '<%= config.bin %> <%= command.id %> --runtime docker',
    'eval "$(<%= config.bin %> local env)" && aws ecs list-clusters',
  ]
  static override flags = {
    port: Flags.integer({description: 'port on 127.0.0.1; a free one without it', default: 0, min: 0, max: 65_535}),
    speed: Flags.integer({description: 'how many times faster than AWS it waits', default: 1, min: 1, max: 1000}),
    runtime: Flags.string({description: 'how tasks run; simulated without it', options: ['docker', 'simulated']}),
  }

  async run(): Promise<LocalStartResult> {
    const {flags} = await this.parse(LocalStart)
    const output = this.output(flags)
    const {port, speed} = flags
    const runtime = flags.runtime as 'docker' | 'simulated' | undefined
    const {server, started} = await output.step('Starting the local AWS', () =>
      startLocalServer({root: this.config.root, env: this.env, clock: createSystemClock(), port, speed, runtime}),
    )
    const environment = await localVariables(flags, this.env)
    const what = started ? 'The local AWS answers' : 'The local AWS is running already'
    const {runtime: kind = 'simulated'} = server
    const how = kind === 'docker' ? 'run in docker' : 'are simulated'
    output.result(`${what} on ${server.url}; its tasks ${how}\n\n${exportLines(environment)}`)
    return {url: server.url, pid: server.pid, started, speed: server.speed, runtime: kind, environment}
  }
}
