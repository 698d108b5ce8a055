import type {ContainerSpec} from '../../task-runtime.js'

/** How a simulated container behaves. */
export interface Behaviour {
  /** When and how the container ends by itself; undefined where it runs until it is stopped. */
  readonly exit?: {readonly exitCode: number; readonly afterSeconds: number}
  readonly output: readonly string[]
  readonly status: number
  readonly response?: string
  readonly failsHealthCheck: boolean
}

const LABELS = {
  exitCode: 'fargate.simulate.exit-code',
  exitAfter: 'fargate.simulate.exit-after',
  output: 'fargate.simulate.output',
  response: 'fargate.simulate.response',
  status: 'fargate.simulate.status',
  health: 'fargate.simulate.health',
} as const

const DEFAULT_EXIT_AFTER_SECONDS = 1

/**
 * Reads a container's behaviour from the labels of its image, and where they do not decide, from its command.
 *
 * - `fargate.simulate.exit-code`: the container exits with this code …
 * - `fargate.simulate.exit-after`: … after this many seconds, 1 by default
 * - `fargate.simulate.output`: lines that it prints at its start
 * - `fargate.simulate.response`: the body of its HTTP responses
 * - `fargate.simulate.status`: the status of its HTTP responses, 200 by default
 * - `fargate.simulate.health`: `unhealthy` makes its container health check fail
 *
 * Of commands, `true`, `false`, `exit N`, `sh -c "exit N"` and `sleep N` are understood; any other runs for ever.
 */
export function behaviourOf(container: ContainerSpec): Behaviour {
  const labels = container.imageConfig?.labels ?? {}
  const response = labels[LABELS.response]
  const exit = labelledExit(labels) ?? commandExit(commandLine(container))
  return {
    ...(exit === undefined ? {} : {exit}),
    ...(response === undefined ? {} : {response}),
    output: labels[LABELS.output]?.split('\n') ?? [],
    status: wholeNumber(labels[LABELS.status]) ?? 200,
    failsHealthCheck: labels[LABELS.health]?.toLowerCase() === 'unhealthy',
  }
}

function labelledExit(labels: Readonly<Record<string, string>>): Behaviour['exit'] {
  const exitCode = wholeNumber(labels[LABELS.exitCode])
  if (exitCode === undefined) return undefined
  const afterSeconds = Number(labels[LABELS.exitAfter] ?? DEFAULT_EXIT_AFTER_SECONDS)
  return {exitCode, afterSeconds: Number.isFinite(afterSeconds) ? afterSeconds : DEFAULT_EXIT_AFTER_SECONDS}
}

/** Entry point and command as a container engine joins them: an entry point of one's own drops the image's command. */
function commandLine({entryPoint, command, imageConfig}: ContainerSpec): readonly string[] {
  const start = entryPoint ?? imageConfig?.entrypoint ?? []
  return [...start, ...(command ?? (entryPoint === undefined ? (imageConfig?.cmd ?? []) : []))]
}

const SHELLS = new Set(['sh', 'ash', 'bash', 'dash'])
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function commandExit([program = '', ...rest]: readonly string[]): Behaviour['exit'] {
  const name = baseName(program)
  const [first = '', second = ''] = rest
  if (SHELLS.has(name) && first === '-c') return commandExit(second.trim().split(/\s+/))
  const afterSeconds = DEFAULT_EXIT_AFTER_SECONDS
  if (name === 'true') return {exitCode: 0, afterSeconds}
  if (name === 'false') return {exitCode: 1, afterSeconds}
  if (name === 'exit') return {exitCode: wholeNumber(first) ?? 0, afterSeconds}
  if (name === 'sleep' && wholeNumber(first) !== undefined) return {exitCode: 0, afterSeconds: Number(first)}
  return undefined
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined
