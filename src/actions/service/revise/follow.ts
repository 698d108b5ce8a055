import type {Service} from '../../../ecs/services.js'
import {primaryDeployment} from '../../../ecs/services.js'
import type {CompletedRollout} from '../../../rollout/follow-deployment.js'
import type {Context} from '../../context.js'
import {followToEnd} from '../follow-to-end.js'
import type {RunningService} from './running.js'

/**
 * Follows the deployment of a service that was just updated, if there is one; also one that an earlier, interrupted run
 * has started. Ctrl-C on a terminal offers to go back to the revision of before.
 */
export async function followUpdate(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  {cluster, name, timeoutMs}: {readonly cluster: string; readonly name: string; readonly timeoutMs: number},
  service: Service | undefined,
  before: RunningService,
): Promise<CompletedRollout | undefined> {
  const deployment = service === undefined ? undefined : primaryDeployment(service)
  if (deployment === undefined || deployment.rolloutState === 'COMPLETED') return undefined
  const {id: deploymentId, taskDefinition} = deployment
  const earlier = [before.revision.arn, ...(service?.deployments ?? []).map((each) => each.taskDefinition)]
  const previousTaskDefinition = earlier.find((arn) => arn !== taskDefinition)
  return followToEnd(context, {cluster, service: name, deploymentId, timeoutMs, previousTaskDefinition})
}
