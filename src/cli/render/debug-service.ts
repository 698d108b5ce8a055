import type {DebugServiceResult} from '../../actions/service/debug/debug-service.js'
import {renderRevision} from './revision.js'

export function renderDebugService(result: DebugServiceResult, isBack: boolean): string {
  const {service, capacity} = result
  const done = isBack
    ? `Service ${service} is back on ${capacity}`
    : `Service ${service} runs on ${capacity}\nTo go back: fargate service debug ${service} --back`
  return renderRevision(result, done, `Service ${service} runs on ${capacity} already`)
}
