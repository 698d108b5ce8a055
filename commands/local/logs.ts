import {Flags} from '@oclif/core'
import {BaseCommand} from '../../src/cli/base-command.js'
import {requireLocalServer} from '../../src/cli/local-address.js'
import {localEnvironment, localFlags} from '../../src/cli/local-flags.js'
import {readRequestLog} from '../../src/cli/local-logs.js'
import {renderServedRequest, signingName} from '../../src/cli/render/served-request.js'

/** Nothing: the requests are printed as they come. */
type LocalLogsResult = Record<string, never>

export default class LocalLogs extends BaseCommand<LocalLogsResult> {
  static override summary = 'Show the requests that the local AWS has served.'
  static override description =
    'Oldest first: time, HTTP status, how long it took, operation, and what the request names. It remembers the last 5,000 requests of a server at most; what they hold is not kept. With --follow the command goes on until Ctrl-C, which is its normal end (exit code 0), or until the local AWS stops. With --json it prints one request a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --follow --errors',
    '<%= config.bin %> <%= command.id %> --service ecs --json',
  ]
  static override flags = {
    follow: Flags.boolean({char: 'f', description: 'go on with new requests until Ctrl-C'}),
    tail: Flags.integer({description: 'how many of the latest requests', default: 100, min: 0, max: 5_000}),
    errors: Flags.boolean({description: 'show only requests that failed'}),
    service: Flags.string({description: 'show only requests to this service, e.g. ecs or elbv2'}),
    ...localFlags,
  }

  async run(): Promise<LocalLogsResult> {
    const {flags} = await this.parse(LocalLogs)
    const {tail, follow, errors} = flags
    const server = await requireLocalServer(localEnvironment(flags, this.env))
    const output = this.output(flags)
    const paint = this.paint()
    const {signal} = this.interruptions()
    const service = flags.service === undefined ? undefined : signingName(flags.service)
    let shown = 0
    for await (const request of readRequestLog(server, {tail, follow, errors, service, signal})) {
      shown += 1
      if (this.jsonEnabled()) this.logJsonLine(request)
      else output.result(renderServedRequest(request, paint))
    }
    if (follow && !signal.aborted) output.info('The local AWS has stopped')
    else if (shown === 0 && !follow) output.info('No requests found')
    return {}
  }

  /** The requests are printed already; what is left is an error. */
  protected override logJson(document: unknown): void {
    if (typeof document === 'object' && document !== null && 'error' in document) this.logJsonLine(document)
  }
}
