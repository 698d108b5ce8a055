import type {FaultView} from '../local/faults/index.js'
import type {Environment} from '../output/streams.js'
import {requireLocalServer} from './local-address.js'
import {askLocalServer} from './local-request.js'

export interface LocalFaults {
  readonly faults: readonly FaultView[]
}

export interface LocalFaultList extends LocalFaults {
  /** Decides what the probabilities of faults come to. */
  readonly seed: number
}

/** The faults of the running local AWS, oldest first. @throws MachineError when none runs */
export async function listLocalFaults(env: Environment): Promise<LocalFaultList> {
  return (await askLocalServer(await requireLocalServer(env), 'GET', '/_local/faults')) as LocalFaultList
}

/** @throws UsageError for a fault that is not right, and then none is added; MachineError when no local AWS runs */
export async function addLocalFaults(env: Environment, plan: object): Promise<LocalFaults> {
  return (await askLocalServer(await requireLocalServer(env), 'POST', '/_local/faults', plan)) as LocalFaults
}

/** @throws UsageError where there is no such fault, and then none is removed; MachineError when no local AWS runs */
export async function removeLocalFaults(env: Environment, ids: readonly string[]): Promise<LocalFaults> {
  return (await askLocalServer(await requireLocalServer(env), 'POST', '/_local/faults/remove', {ids})) as LocalFaults
}

/** @throws MachineError when no local AWS runs */
export async function clearLocalFaults(env: Environment): Promise<LocalFaults> {
  return (await askLocalServer(await requireLocalServer(env), 'POST', '/_local/faults/clear')) as LocalFaults
}
