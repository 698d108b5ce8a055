import type {FollowServiceLogsOptions, OnLogEvents} from '../../src/actions/service/service-logs.js'
import {followServiceLogs, readServiceLogs} from '../../src/actions/service/service-logs.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {logFlags, logRange} from '../../src/cli/log-flags.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import type {LogEventDocument} from '../../src/cli/render/log-events.js'
import {logEventDocument, renderLogLines} from '../../src/cli/render/log-events.js'
import {createStreamPaint} from '../../src/cli/stream-colors.js'

/** With --json and without --follow the document; empty otherwise, since the lines are printed as they come. */
interface Result {
  readonly events: readonly LogEventDocument[]
}

export default class ServiceLogs extends BaseCommand<Result> {
  static override summary = 'Show what the containers of a service write.'
  static override description =
    'Lines come oldest first, each behind the name of its log stream, which ends with the id of the task. With --follow the command goes on until Ctrl-C, which is its normal end (exit code 0); lines that reach CloudWatch Logs minutes late are shown then, out of order. With --json it prints one document, and with --follow --json one event a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --follow',
    '<%= config.bin %> <%= command.id %> web --start 1h --filter ERROR --timestamps',
    '<%= config.bin %> <%= command.id %> web --start "2026-01-31 09:36:00 UTC" --end "2026-01-31 10:00:00 UTC"',
  ]
  static override args = {service: existingServiceArg}
  static override flags = logFlags

  #follows = false

  async run(): Promise<Result> {
    const {args, flags} = await this.parse(ServiceLogs)
    this.#follows = flags.follow
    const context = await this.context(flags)
    const {startMs, endMs} = logRange(flags, context.clock.now())
    const {follow, timestamps, filter, task: tasks = []} = flags
    const options: FollowServiceLogsOptions = {cluster: flags.cluster, name: args.service, tasks, filter, startMs}
    const collected: LogEventDocument[] = []
    const paintStream = createStreamPaint(this.paint())
    const show = this.#printer(follow, collected, (events) =>
      context.output.result(renderLogLines(events, {timestamps, paintStream})),
    )
    if (follow) await followServiceLogs(context, options, show)
    else if ((await readServiceLogs(context, {...options, endMs}, show)) === 0)
      context.output.info('No log lines found')
    return {events: collected}
  }

  #printer(follow: boolean, collected: LogEventDocument[], print: OnLogEvents): OnLogEvents {
    if (!this.jsonEnabled()) return print
    return (events) => {
      for (const event of events.map(logEventDocument)) {
        if (follow) this.logJsonLine(event)
        else collected.push(event)
      }
    }
  }

  /** What follows prints each event in a line of its own, and at its end only an error. */
  protected override logJson(document: unknown): void {
    if (!this.#follows) super.logJson(document)
    else if (typeof document === 'object' && document !== null && 'error' in document) this.logJsonLine(document)
  }
}
