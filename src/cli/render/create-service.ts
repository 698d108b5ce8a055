import type {CreateServiceResult} from '../../actions/service/create/create-service.js'
import {formatBlock} from '../../lib/table.js'
import {renderDryRun} from './changes.js'
import {renderRollout, shortTaskDefinition} from './rollout.js'

export function renderCreateService(result: CreateServiceResult): string {
  const {service, changes, rollout, image, taskDefinition, urls} = result
  if (result.dryRun) return renderDryRun(changes)
  const made = changes.some(({step}) => step === 'service')
  const headline = made
    ? `Created service ${service}`
    : changes.length > 0
      ? `Mended what service ${service} needs; the service itself is unchanged`
      : `Service ${service} exists as asked for; nothing has changed`
  const block = formatBlock([
    {label: 'Image', value: image ?? ''},
    {label: 'Task definition', value: shortTaskDefinition(taskDefinition)},
    ...(rollout === undefined ? [] : [{label: 'Tasks', value: renderRollout(rollout)}]),
    ...urls.map((url) => ({label: 'URL', value: url})),
  ])
  return `${headline}\n${block}`
}
