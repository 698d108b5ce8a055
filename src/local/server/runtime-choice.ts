import {readlinkSync} from 'node:fs'
import {hostname} from 'node:os'
import type {Clock} from '../clock.js'
import {connectEngine, engineSocket} from '../runtime/docker/index.js'
import type {DockerMachine} from './docker-tasks.js'

export interface RuntimeChoiceOptions {
  /** What was asked for; `undefined` takes docker where it is. */
  readonly wanted: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRunning: DockerMachine['isRunning']
  /** In the time of the machine. */
  readonly clock: Clock
}

/** How tasks will run, and why: on the engine where there is one, else simulated. */
export interface RuntimeChoice {
  readonly docker?: DockerMachine
  /** For people; continues a sentence: `no docker engine answers at /var/run/docker.sock`. */
  readonly runtimeReason: string
}

/** An engine that is there answers at once; a person waits for one that is not. */
const engineTimeoutMs = 2_000

/**
 * Decides how tasks run.
 *
 * @throws Error when docker was asked for and no engine answers
 */
export async function chooseRuntime(options: RuntimeChoiceOptions): Promise<RuntimeChoice> {
  const {wanted} = options
  if (wanted === 'simulated') return {runtimeReason: '--runtime simulated'}
  if (wanted === 'docker') return {docker: await connect(options), runtimeReason: '--runtime docker'}
  try {
    const docker = await Promise.race([connect(options), timeout(options.clock)])
    return {docker, runtimeReason: 'a docker engine answers'}
  } catch (error) {
    return {runtimeReason: (error as Error).message}
  }
}

async function connect({env, isRunning}: RuntimeChoiceOptions): Promise<DockerMachine> {
  return {engine: await connectEngine(engineSocket(env)), machine: machineName(), isRunning}
}

function timeout(clock: Clock): Promise<never> {
  return new Promise((_, reject) => {
    clock.after(engineTimeoutMs, () => reject(new Error('the docker engine does not answer within 2 seconds')))
  })
}

/** Containers have process ids of their own, even where they share the name of their host. */
function machineName(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    // Only Linux has it.
    return hostname()
  }
}
