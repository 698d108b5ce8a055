import type {DeployServiceResult} from '../../actions/service/deploy-service.js'
import {formatBlock} from '../../lib/table.js'
import {renderDryRun} from './changes.js'
import {renderRollout, shortTaskDefinition} from './rollout.js'

export function renderDeployService(result: DeployServiceResult): string {
  const {service, image, changes, rollout, taskDefinition} = result
  if (result.dryRun) return renderDryRun(changes)
  if (changes.length === 0 && rollout === undefined) {
    return `Service ${service} runs ${image} already; nothing has changed\nTo pull a moving tag again: fargate service restart ${service}`
  }
  const block = formatBlock([
    {label: 'Task definition', value: shortTaskDefinition(taskDefinition)},
    ...(rollout === undefined ? [] : [{label: 'Tasks', value: renderRollout(rollout)}]),
  ])
  return `Deployed ${image} to service ${service}\n${block}`
}
