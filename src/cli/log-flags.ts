import {Flags} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {parseTimeRange} from '../lib/time-expression.js'
import {parseNumber} from '../lib/whole-number.js'
import {parsedFlag, textListFlag} from './flags.js'

/** For commands that show what containers wrote. */
export const logFlags = {
  follow: Flags.boolean({char: 'f', description: 'go on with new lines until Ctrl-C'}),
  start: Flags.string({
    description:
      'leave out what is older, e.g. 30m or 2d (ago), or "2026-01-31 09:36:00 UTC"; all without it, or the last minute with --follow',
    helpValue: '<time>',
  }),
  end: Flags.string({description: 'leave out what is newer, in the forms of --start', helpValue: '<time>'}),
  filter: Flags.string({
    description: 'show only what matches this filter pattern of CloudWatch Logs',
    helpValue: '<pattern>',
  }),
  tail: parsedFlag((text) => parseNumber(text, {name: 'number of lines', min: 0, max: 100_000}))({
    description: 'show only the last lines, and with --follow what comes after them',
    helpValue: '<number>',
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
  readonly tail?: number | undefined
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
 * @throws UsageError when there is no such time, --follow is given an end, or nothing is asked for
 */
export function logRange({follow, start, end, tail}: LogFlags, nowMs: number): LogRange {
  if (tail === 0 && !follow) {
    throw new UsageError('VALUE_INVALID', '--tail 0 shows no line at all', {
      hints: ['use 1 or more, or --follow for what comes from now on'],
    })
  }
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
