import type {Inventory} from '../local/server/inventory/inventory.js'
import type {LocalServer} from './local-address.js'
import {askLocalServer} from './local-request.js'

/** How many tasks have come how far: `{"RUNNING": 4, "STOPPED": 1}`. */
export type TaskCounts = Readonly<Record<string, number>>

export type LocalStatusResult = {readonly running: false} | RunningStatus

export interface RunningStatus extends Omit<Inventory, 'tasks' | 'targetGroups'> {
  readonly running: true
  readonly url: string
  /** Where a browser shows it live. */
  readonly page: string
  readonly pid: number
  readonly speed: number
  /** How tasks run: `simulated` runs nothing. */
  readonly runtime: string
  readonly runtimeReason: string
  readonly stateFolder: string
  readonly startedAt: string
  readonly tasks: TaskCounts
}

/** What a running local AWS tells of itself and of what it holds, in all accounts and regions. */
export async function localStatus(server: LocalServer): Promise<RunningStatus> {
  const [status, inventory] = await Promise.all([
    askLocalServer(server, 'GET', '/_local/status') as Promise<
      Omit<RunningStatus, 'running' | 'tasks' | keyof Inventory>
    >,
    askLocalServer(server, 'GET', '/_local/inventory') as Promise<Inventory>,
  ])
  const {services, tasks, loadBalancers, faults} = inventory
  return {running: true, ...status, services, tasks: countByStatus(tasks), loadBalancers, faults}
}

function countByStatus(tasks: Inventory['tasks']): TaskCounts {
  const groups = Map.groupBy(tasks, ({lastStatus}) => lastStatus)
  return Object.fromEntries([...groups].map(([status, group]) => [status, group.length]))
}
