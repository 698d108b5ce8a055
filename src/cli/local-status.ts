import type {LocalServer} from './local-address.js'
import {askLocalServer} from './local-request.js'

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
export async function localStatus(server: LocalServer): Promise<LocalStatusResult> {
  const status = await askLocalServer(server, 'GET', '/_local/status')
  return {running: true, ...(status as Omit<Extract<LocalStatusResult, {running: true}>, 'running'>)}
}
