import type {Deployment, Service} from '../ecs/services.js'

export type DeploymentState =
  | {readonly state: 'in-progress'; readonly deployment: Deployment}
  | {readonly state: 'completed'; readonly deployment: Deployment}
  | {readonly state: 'failed'; readonly reason: string}
  | {readonly state: 'rolled-back'; readonly reason: string; readonly to: Deployment}
  | {readonly state: 'superseded'; readonly by: Deployment}
  | {readonly state: 'deleted'}

/**
 * What has become of one deployment. Asked by id, because after a rollback the service looks steady again: it has
 * one deployment and runs what it should, only not the new version. Done is: this id is PRIMARY and COMPLETED.
 */
export function deploymentState(service: Service, deploymentId: string): DeploymentState {
  if (service.status !== 'ACTIVE') return {state: 'deleted'}
  const own = service.deployments.find(({id}) => id === deploymentId)
  const primary = service.deployments.find(({status}) => status === 'PRIMARY')
  if (own !== undefined && own === primary) return stateOfPrimary(service, own)

  const failure = own?.rolloutState === 'FAILED' ? (own.rolloutStateReason ?? 'deployment failed') : undefined
  const reason = failure ?? failureEvent(service, deploymentId)
  if (primary === undefined) return {state: 'failed', reason: reason ?? 'the deployment is gone'}
  return reason === undefined ? {state: 'superseded', by: primary} : {state: 'rolled-back', reason, to: primary}
}

function stateOfPrimary(service: Service, deployment: Deployment): DeploymentState {
  if (deployment.rolloutState === 'FAILED') {
    return {state: 'failed', reason: deployment.rolloutStateReason ?? 'deployment failed'}
  }
  // Only the ECS deployment controller has a rollout state; others are done when nothing else is left.
  const steady = service.deployments.length === 1 && deployment.runningCount === deployment.desiredCount
  const completed = deployment.rolloutState === undefined ? steady : deployment.rolloutState === 'COMPLETED'
  return {state: completed ? 'completed' : 'in-progress', deployment}
}

/** A failed deployment vanishes once its tasks are drained; only the event tells of it then. */
function failureEvent(service: Service, deploymentId: string): string | undefined {
  const event = service.events.find(({message}) => message.includes(`(deployment ${deploymentId}) deployment failed`))
  return event?.message.replace(/^.*\) deployment failed: /, 'ECS deployment failed: ')
}
