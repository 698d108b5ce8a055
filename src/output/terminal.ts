import type {Writable} from 'node:stream'
import {askYesNo} from './confirm.js'
import type {Output, StepProgress} from './output.js'
import type {OutputSettings} from './speech.js'
import {createSpeech} from './speech.js'
import type {Streams} from './streams.js'
import {elapsedSuffix} from './timers.js'

/** The moving line; ora in the product. Text written to its stream while it moves appears above it. */
export interface Spinner {
  text: string
  start(): unknown
  stop(): unknown
}

export type SpinnerLoader = (streams: Streams, colored: boolean) => Promise<Spinner>

/** Loading ora takes longer than most commands, and many of them need no step. */
const loadOra: SpinnerLoader = async ({stderr}, colored) => {
  const {default: ora} = await import('ora')
  return ora({
    stream: stderr as unknown as Writable,
    color: colored && 'cyan',
    isEnabled: true,
    discardStdin: false,
  } as Parameters<typeof ora>[0])
}

interface RunningStep {
  readonly title: string
  state: string
}

/**
 * Output for a person at a terminal: one moving line shows all steps that are under way, and each step that ends leaves
 * a line above it.
 */
export function createTerminalOutput(settings: OutputSettings, loadSpinner: SpinnerLoader = loadOra): Output {
  const {streams, paint, timers, signal} = settings
  const speech = createSpeech(settings)
  const line = movingLine(settings, loadSpinner)
  const print = (text: string) => streams.stderr.write(`${text}\n`)

  const step = async <Value>(title: string, work: (progress: StepProgress) => Promise<Value>): Promise<Value> => {
    const startedAt = timers.now()
    const running: RunningStep = {title, state: ''}
    const end = (mark: string) => {
      line.remove(running)
      print(`${mark} ${title}${paint.dim(elapsedSuffix(timers.now() - startedAt))}`)
    }
    line.add(running)
    try {
      const value = await work({
        update(text) {
          running.state = text
          line.draw()
        },
        log: (text) => print(`  ${text}`),
      })
      end(paint.green('✓'))
      return value
    } catch (error) {
      end(paint.red('✗'))
      throw error
    }
  }

  const confirm = async (question: string): Promise<boolean> => {
    line.pause()
    try {
      // After Ctrl-C the question is what to do now; a second Ctrl-C ends the program.
      return await askYesNo(streams, question, signal.aborted ? undefined : signal)
    } finally {
      line.resume()
    }
  }

  return {...speech, interactive: streams.stdin.isTTY === true, step, confirm}
}

/** The moving line with the steps that it shows. It moves only while there are some, and nobody is being asked. */
function movingLine({streams, paint}: OutputSettings, loadSpinner: SpinnerLoader) {
  const running = new Set<RunningStep>()
  let spinner: Spinner | undefined
  let loading = false
  let moving = false
  let paused = false

  const draw = () => {
    const wanted = running.size > 0 && !paused
    if (spinner === undefined) return
    if (wanted) spinner.text = describe([...running], streams.stderr.columns ?? 80)
    if (wanted === moving) return
    moving = wanted
    if (wanted) spinner.start()
    else spinner.stop()
  }
  const load = async () => {
    if (loading) return
    loading = true
    spinner = await loadSpinner(streams, paint.enabled)
    draw()
  }

  return {
    draw,
    add(step: RunningStep) {
      running.add(step)
      draw()
      void load()
    },
    remove(step: RunningStep) {
      running.delete(step)
      draw()
    },
    pause() {
      paused = true
      draw()
    },
    resume() {
      paused = false
      draw()
    },
  }
}

/** All running steps in one line of the terminal; two columns are the spinner's. */
function describe(steps: readonly RunningStep[], columns: number): string {
  const text = steps.map(({title, state}) => (state === '' ? title : `${title}: ${state}`)).join(' · ')
  const room = Math.max(20, columns - 3)
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`
}
