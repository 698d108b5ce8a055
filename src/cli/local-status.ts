import {MachineError} from '../errors/errors.js'
import type {LocalServer} from './local-address.js'

export interface LocalLoadBalancer {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  readonly listeners: readonly {readonly port: number; readonly protocol: string; readonly url: string}[]
}

export type LocalStatusResult =
  | {readonly running: false}
  | {
      readonly running: true
      readonly url: string
      readonly pid: number
      readonly speed: number
      /** How tasks run: `simulated` runs nothing. */
      readonly runtime: string
      readonly startedAt: string
      readonly loadBalancers: readonly LocalLoadBalancer[]
    }

/** What a running local AWS tells of itself. */
export async function localStatus({url}: LocalServer): Promise<LocalStatusResult> {
  const response = await fetch(`${url}/_local/status`)
  if (!response.ok) {
    throw new MachineError('LOCAL_REFUSED', `the local AWS at ${url} does not tell its status: HTTP ${response.status}`)
  }
  const status = (await response.json()) as Omit<Extract<LocalStatusResult, {running: true}>, 'running'>
  return {running: true, ...status}
}
