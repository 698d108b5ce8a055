import type {RestartServiceResult} from '../../actions/service/restart-service.js'
import {renderRollout, shortTaskDefinition} from './rollout.js'

export function renderRestartService(result: RestartServiceResult): string {
  const {service, taskDefinition, deploymentId, dryRun, rollout} = result
  const what = `every task of service ${service} (${shortTaskDefinition(taskDefinition)})`
  if (dryRun) return `This would replace ${what}`
  if (rollout === undefined) return `Replacing ${what} in deployment ${deploymentId}`
  return `Replaced ${what}: ${renderRollout(rollout)}`
}
