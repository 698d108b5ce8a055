import type {AnyStep, Found, Step, StepRun} from '../../../src/plan/step.js'
import {step} from '../../../src/plan/step.js'

interface RecordedStep {
  readonly needs?: Readonly<Record<string, AnyStep>>
  readonly local?: boolean
  /** `absent` unless told. */
  readonly found?: Found<string>
  /** Ends the look; at once unless told. */
  readonly looked?: Promise<unknown>
  /** Ends the change; at once unless told. */
  readonly applied?: (run: StepRun) => Promise<unknown>
}

/** Steps that write down what happens to them: `look a`, `apply a`, `applied a`. */
export function recordedSteps() {
  const happened: string[] = []
  const needsSeen = new Map<string, unknown>()

  const recorded = (id: string, options: RecordedStep = {}): Step<string> =>
    step<string, Readonly<Record<string, AnyStep>>>({
      id,
      title: id,
      needs: options.needs ?? {},
      local: options.local ?? false,
      async look(needs) {
        happened.push(`look ${id}`)
        needsSeen.set(`look ${id}`, needs)
        await options.looked
        return options.found ?? {state: 'absent'}
      },
      async apply(needs, _found, run) {
        happened.push(`apply ${id}`)
        needsSeen.set(`apply ${id}`, needs)
        await options.applied?.(run)
        happened.push(`applied ${id}`)
        return `${id} made`
      },
    })
  return {happened, needsSeen, recorded}
}

/** Ends when the signal of the step is aborted. */
export const untilStopped = (run: StepRun): Promise<never> =>
  new Promise((_resolve, reject) => {
    run.signal.addEventListener('abort', () => reject(new Error('stopped')))
  })

/** Lets everything go on that can. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
