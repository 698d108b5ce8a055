import type {IncomingMessage} from 'node:http'
import type {TaskEvents} from '../../task-runtime.js'
import {dependenciesOf} from './container-order.js'
import type {ContainerExit, DockerContainer} from './docker-container.js'
import {stopSeconds} from './health-timing.js'
import {readLog} from './log-lines.js'
import type {TaskHost} from './task-host.js'
import {wordsOf} from './task-host.js'

const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage'
const KILLED_EXIT_CODE = 137
const KILL_LOOKS = 5
const KILL_LOOK_MS = 200
const CANNOT_START =
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task'

/** What containers of one task need to live. */
export interface TaskLife {
  readonly host: TaskHost
  readonly events: TaskEvents
  readonly containers: readonly DockerContainer[]
  /** Aborted once nobody wants to hear of the task any more. */
  readonly disposal: AbortSignal
  /** Whether the task is on its way down. */
  isOver(): boolean
}

/** The life of a container from the wait for others to its exit; it is created already. */
export async function live(life: TaskLife, container: DockerContainer): Promise<void> {
  const {host, disposal, events} = life
  const {id, spec} = container
  const obstacle = await obstacleOf(life, container)
  if (id === undefined || life.isOver() || container.phase !== 'waiting') return
  if (obstacle !== undefined) {
    end(life, container, {reason: obstacle})
    return
  }
  container.phase = 'starting'
  if (spec.healthCheck !== undefined) host.health.watch(id, (verdict) => passVerdict(life, container, verdict))
  let output: IncomingMessage
  try {
    output = await host.engine.attach(id, disposal)
    await host.engine.startContainer(id)
  } catch (error) {
    fail(life, `${CANNOT_START}: ${wordsOf(error)}`, container)
    return
  }
  container.run()
  if (disposal.aborted) return
  events.started(spec.name)
  await follow(life, container, id, output)
}

/** Stops a container once those that depend on it have ended, as the agent has it: SIGTERM, then SIGKILL. */
export async function stopContainer(life: TaskLife, container: DockerContainer): Promise<void> {
  const {host, containers, disposal} = life
  const dependents = containers.filter(({spec}) =>
    dependenciesOf(spec).some(({container: name}) => name === container.spec.name),
  )
  await Promise.all(dependents.map(({ended}) => ended))
  if (!(await container.started) || container.phase === 'ended' || container.id === undefined) return
  if (disposal.aborted) return
  await host.engine.stopContainer(container.id, stopSeconds(container.spec.stopTimeoutSeconds, host.speed))
}

/** Tells of a container's end, once. */
export function end({events, disposal}: TaskLife, container: DockerContainer, exit: ContainerExit): void {
  if (container.phase === 'ended') return
  container.end(exit)
  if (!disposal.aborted) events.exited(container.spec.name, exit)
}

/** Tells that the task cannot start, and which container is the cause, if one is. */
export function fail({events, disposal}: TaskLife, reason: string, container?: DockerContainer): void {
  if (container?.phase === 'ended') return
  container?.end({reason})
  if (!disposal.aborted) events.failed?.(reason, container?.spec.name)
}

/** Waits for what the container depends on; why it cannot start, in the words of the agent. */
async function obstacleOf(life: TaskLife, {spec}: DockerContainer): Promise<string | undefined> {
  for (const {container: name, condition} of dependenciesOf(spec)) {
    const other = life.containers.find((candidate) => candidate.spec.name === name)
    if (other === undefined) continue
    const met = await Promise.race([other.meets(condition), startTimeOver(life, other)])
    if (met === 'timed out') {
      return `dependency graph: container ordering dependency [${name}] for target [${spec.name}] has timed out.`
    }
    if (!met) {
      return (
        `dependency graph: failed to resolve container ordering dependency [${name}] for target [${spec.name}]` +
        ' as dependency did not exit successfully.'
      )
    }
  }
  return undefined
}

/** A start timeout runs from the start of the container that others wait for. Programs are not sped up, nor is it. */
async function startTimeOver({host}: TaskLife, {spec, started}: DockerContainer): Promise<'timed out'> {
  const {promise, resolve} = Promise.withResolvers<'timed out'>()
  if (spec.startTimeoutSeconds !== undefined && (await started)) {
    await host.pause(spec.startTimeoutSeconds * 1000)
    resolve('timed out')
  }
  return promise
}

/** Passes on output until the container has ended, and then its exit: the last lines come before it. */
async function follow(life: TaskLife, container: DockerContainer, id: string, output: IncomingMessage): Promise<void> {
  const {host, disposal} = life
  const log = passOutput(life, container, output)
  try {
    await host.engine.waitForExit(id, disposal)
    await log
    end(life, container, await exitOf(life, id))
  } catch (error) {
    if (disposal.aborted) return
    host.report(error)
    end(life, container, {reason: `CannotInspectContainerError: ${wordsOf(error)}`})
  }
}

/** The engine hears that memory ran out some time after the end of the process, so a kill is looked at again. */
async function exitOf({host, isOver}: TaskLife, id: string): Promise<ContainerExit> {
  for (let look = 1; ; look++) {
    const {State} = await host.engine.inspectContainer(id)
    if (State.OOMKilled) return {exitCode: State.ExitCode, reason: OUT_OF_MEMORY}
    if (State.ExitCode !== KILLED_EXIT_CODE || isOver() || look === KILL_LOOKS) return {exitCode: State.ExitCode}
    await host.pause(KILL_LOOK_MS)
  }
}

async function passOutput(life: TaskLife, {spec}: DockerContainer, output: IncomingMessage): Promise<void> {
  const {events, disposal, host} = life
  try {
    await readLog(output, {terminal: spec.terminal ?? false}, (line) => {
      if (!disposal.aborted) events.output(spec.name, line)
    })
  } catch (error) {
    if (!disposal.aborted) host.report(error)
  }
}

function passVerdict({events, disposal}: TaskLife, container: DockerContainer, verdict: 'HEALTHY' | 'UNHEALTHY'): void {
  if (verdict === 'HEALTHY') container.becomeHealthy()
  if (!disposal.aborted) events.health?.(container.spec.name, verdict)
}
