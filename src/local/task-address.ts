import type {Scope} from './scope.js'
import {scopeKey} from './scope.js'

/**
 * An address in a VPC, which is how load balancers name a task. The address alone is not enough: the default VPCs of all
 * accounts and regions have the same.
 */
export interface TaskAddress extends Scope {
  readonly vpcId: string
  readonly privateIpAddress: string
}

/** One string per address, for keys of maps. */
export const addressKey = (address: TaskAddress): string =>
  `${scopeKey(address)}/${address.vpcId}/${address.privateIpAddress}`
