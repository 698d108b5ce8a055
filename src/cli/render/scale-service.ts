import type {ScaleServiceResult} from '../../actions/service/scale-service.js'
import {plural} from '../../lib/text.js'

export function renderScaleService(result: ScaleServiceResult): string {
  const {service, previousCount, desiredCount, changed, dryRun} = result
  if (!changed) return `Service ${service} is scaled to ${desiredCount} already; nothing has changed`
  const from = `from ${previousCount} to ${plural(desiredCount, 'task')}`
  return dryRun ? `This would scale service ${service} ${from}` : `Scaled service ${service} ${from}`
}
