import type {Context} from '../actions/context.js'
import type {LogPlace, OnLogEvents} from '../actions/logs/log-reading.js'
import {followLogs, readLogs} from '../actions/logs/log-reading.js'
import {BaseCommand} from './base-command.js'
import type {GlobalFlags} from './global-flags.js'
import type {LogFlags} from './log-flags.js'
import {logRange} from './log-flags.js'
import {logEventDocument, renderLogLines} from './render/log-events.js'
import {createStreamPaint} from './stream-colors.js'

/** What {@link LogsCommand} answers: how many events were shown. They are printed as they come, so that none is held. */
export interface ShownLogs {
  readonly count: number
}

/** What the `logs` commands have in common: one line, or with --json one document, for each event. */
export abstract class LogsCommand extends BaseCommand<ShownLogs> {
  protected async show(
    flags: LogFlags & GlobalFlags,
    find: (context: Context) => Promise<LogPlace>,
  ): Promise<ShownLogs> {
    const context = await this.context(flags)
    const {startMs, endMs} = logRange(flags, context.clock.now())
    const {follow, timestamps, filter, tail} = flags
    const paintStream = createStreamPaint(this.paint())
    let count = 0
    const print: OnLogEvents = (events) => {
      count += events.length
      if (this.jsonEnabled()) for (const event of events) this.logJsonLine(logEventDocument(event))
      else context.output.result(renderLogLines(events, {timestamps, paintStream}))
    }
    const place = await find(context)
    if (follow) await followLogs(context, place, {filter, startMs, tail}, print)
    else await readLogs(context, place, {filter, startMs, endMs, tail}, print)
    if (count === 0 && !follow) context.output.info('No log lines found')
    return {count}
  }

  /** Each event has had its line: only an error is left to be printed at the end. */
  protected override logJson(document: unknown): void {
    if (typeof document === 'object' && document !== null && 'error' in document) this.logJsonLine(document)
  }
}
