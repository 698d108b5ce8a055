import {UsageError} from '../errors/errors.js'
import type {Output, StepProgress} from './output.js'
import type {OutputSettings} from './speech.js'
import {createSpeech} from './speech.js'
import {elapsedSuffix} from './timers.js'

const updateIntervalMs = 5_000
/** Some build systems stop a job that says nothing for some minutes. */
const heartbeatMs = 60_000

/**
 * Output that only ever appends lines: for pipes, files, build systems and `--json`. A step has a line when it starts,
 * one for each changed state (at most every 5 seconds), one every minute in which nothing changed, and one at its end.
 */
export function createPlainOutput(settings: OutputSettings): Output {
  const speech = createSpeech(settings)
  return {
    ...speech,
    interactive: false,
    step: (title, work) => (settings.quiet ? work(silentProgress) : showStep(settings, title, work)),
    confirm: async (question) => {
      throw new UsageError('CONFIRMATION_REQUIRED', `there is no terminal to ask on: ${question}`, {
        hints: ['add --yes to answer yes'],
      })
    },
  }
}

const silentProgress: StepProgress = {update: () => undefined, log: () => undefined}

async function showStep<Value>(
  {streams, paint, timers}: OutputSettings,
  title: string,
  work: (progress: StepProgress) => Promise<Value>,
): Promise<Value> {
  const startedAt = timers.now()
  let printedAt = startedAt
  let shown = ''
  let wanted = ''
  const print = (line: string) => {
    printedAt = timers.now()
    streams.stderr.write(`${line}\n`)
  }
  const show = () => {
    shown = wanted
    print(`  ${title}: ${shown}`)
  }
  const elapsed = () => elapsedSuffix(timers.now() - startedAt)
  let updatedAt = Number.NEGATIVE_INFINITY

  const ticker = timers.every(updateIntervalMs, () => {
    if (wanted !== shown) {
      updatedAt = timers.now()
      show()
    } else if (timers.now() - printedAt >= heartbeatMs) print(`  ${title}: still running${elapsed()}`)
  })
  const progress: StepProgress = {
    update(text) {
      wanted = text
      if (wanted === shown || timers.now() - updatedAt < updateIntervalMs) return
      updatedAt = timers.now()
      show()
    },
    log: (line) => print(`  ${line}`),
  }

  print(`${title}…`)
  try {
    const value = await work(progress)
    print(`${paint.green('✓')} ${title}${elapsed()}`)
    return value
  } catch (error) {
    print(`${paint.red('✗')} ${title}${elapsed()}`)
    throw error
  } finally {
    ticker.cancel()
  }
}
