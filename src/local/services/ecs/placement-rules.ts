import type {PlacementConstraint, PlacementStrategy} from '@aws-sdk/client-ecs'
import {requireThat} from './faults.js'
import type {Placeable} from './launch-choice.js'
import {isOnFargate} from './launch-choice.js'

const CONSTRAINT_LIMIT = 10
const STRATEGY_LIMIT = 5

/**
 * Checks how tasks are to be placed on container instances: by ten constraints and five strategies at most, and not at
 * all on Fargate, which places tasks itself.
 *
 * @throws AwsFault InvalidParameterException
 */
export function requireValidPlacement(
  choice: Placeable,
  {
    placementConstraints = [],
    placementStrategy = [],
  }: {
    readonly placementConstraints?: readonly PlacementConstraint[] | undefined
    readonly placementStrategy?: readonly PlacementStrategy[] | undefined
  },
): void {
  const onFargate = isOnFargate(choice)
  requireThat(
    !onFargate || placementConstraints.length === 0,
    'Placement constraints are not supported with FARGATE launch type.',
  )
  requireThat(
    !onFargate || placementStrategy.length === 0,
    'Placement strategies are not supported with FARGATE launch type.',
  )
  requireThat(
    placementConstraints.length <= CONSTRAINT_LIMIT,
    `placementConstraints can have at most ${CONSTRAINT_LIMIT} items.`,
  )
  requireThat(placementStrategy.length <= STRATEGY_LIMIT, `placementStrategy can have at most ${STRATEGY_LIMIT} items.`)
}
