import type {UpdateServiceResult} from '../../actions/service/update/update-service.js'
import {renderChanges} from './changes.js'
import {renderRevision} from './revision.js'

export function renderUpdateService(result: UpdateServiceResult): string {
  const {service, changes} = result
  const done = [`Updated service ${service}`, ...renderChanges(changes)].join('\n')
  return renderRevision(result, done, `Service ${service} has these settings already`)
}
