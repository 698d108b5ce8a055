import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {parseTimeRange} from '../lib/time-expression.js'
import {textListFlag} from './flags.js'

/** For commands that show what containers wrote. */
export const logFlags = {
  follow: Flags.boolean({char: 'f', description: 'go on with new lines until Ctrl-C; with --json one event a line'}),
  start: Flags.string({
    description:
      'leave out what is older, e.g. 30m (ago) or "2026-01-31 09:36:00 UTC"; all without it, or the last minute with --follow',
    helpValue: '<time>',
  }),
  end: Flags.string({description: 'leave out what is newer, in the forms of --start', helpValue: '<time>'}),
  filter: Flags.string({
    description: 'show only what matches this filter pattern of CloudWatch Logs',
    helpValue: '<pattern>',
  }),
  task: textListFlag({char: 't', description: 'show only tasks with these ids', helpValue: '<id>'}),
  timestamps: Flags.boolean({description: 'start each line with its time', allowNo: true}),
}

/** What the flags of {@link logFlags} say, as oclif parses them. */
export interface LogFlags {
  readonly follow: boolean
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly filter?: string | undefined
  readonly task?: readonly string[] | undefined
  readonly timestamps: boolean
}

export interface LogRange {
  /** Milliseconds since 1970. */
  readonly startMs: number | undefined
  /** Milliseconds since 1970. */
  readonly endMs: number | undefined
}

/**
 * Which time is asked for.
 *
 * @param nowMs milliseconds since 1970
 * @throws UsageError when there is no such time, or --follow is given an end
 */
export function logRange({follow, start, end}: LogFlags, nowMs: number): LogRange {
  if (follow && end !== undefined) {
    throw new UsageError('FLAGS_CONFLICT', '--follow goes on without an end, and --end sets one', {
      hints: ['leave out --follow, or --end'],
    })
  }
  const range = parseTimeRange({start, end}, nowMs)
  if (!range.ok) {
    const flags = [start === undefined ? [] : '--start', end === undefined ? [] : '--end'].flat()
    throw new UsageError('VALUE_INVALID', `${flags.join(' and ')}: ${range.problem}`)
  }
  return {startMs: range.value.startMs, endMs: range.value.endMs}
}
