import type {AutoScalingGroupProvider, Tag} from '@aws-sdk/client-ecs'
import type {Scope} from '../../scope.js'
import {regionalArn} from '../../scope.js'

/** A capacity provider of an Auto Scaling group. */
export interface CapacityProviderRecord {
  readonly scope: Scope
  readonly capacityProviderArn: string
  readonly name: string
  status: 'ACTIVE' | 'INACTIVE'
  updateStatus?: 'UPDATE_COMPLETE' | 'DELETE_COMPLETE'
  /** As AWS echoes it: defaults filled in. */
  autoScalingGroupProvider: AutoScalingGroupProvider
  tags: Tag[]
}

export const capacityProviderArn = (scope: Scope, name: string): string =>
  regionalArn('ecs', scope, `capacity-provider/${name}`)

/** The ARN of a capacity provider from its name or ARN. */
export const capacityProviderReference = (scope: Scope, reference: string): string =>
  reference.startsWith('arn:') ? reference : capacityProviderArn(scope, reference)
