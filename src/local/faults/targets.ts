import type {CheckedEndpoint} from '../balancer/health-checks.js'
import type {TargetGroupRecord} from '../balancer/model.js'
import type {TargetEndpoint} from '../task-runtime.js'
import type {Fault} from './fault.js'
import type {TaskPlace} from './matching.js'
import {matchesScope, matchesTask} from './matching.js'
import type {FaultPlan} from './plan.js'

const DEFAULT_STATUS = 503

/** Finds the task behind a target. */
export type FindTargetTask = (group: TargetGroupRecord, ip: string) => (TaskPlace & {taskId: string}) | undefined

/** What health checks of load balancers meet under faults. */
export const targetFaults =
  (plan: FaultPlan, findTask: FindTargetTask): CheckedEndpoint =>
  (group, target, endpoint) => {
    const task = findTask(group, target.id)
    const subject = `${task?.taskId ?? target.id}:${target.port} ${group.arn}`
    const striking = plan
      .current('failing-health-checks')
      .find((planned) => matchesTarget(planned.fault, group, task) && plan.strikes(planned, subject))
    return striking === undefined ? endpoint : failing(striking.fault, group)
  }

function matchesTarget(fault: Fault, group: TargetGroupRecord, task: TaskPlace | undefined): boolean {
  const {container, targetGroup, serviceName, cluster, family} = fault
  if (container !== undefined || !matchesScope(fault, group)) return false
  if (targetGroup !== undefined && targetGroup !== group.name && targetGroup !== group.arn) return false
  const isAboutTasks = serviceName !== undefined || cluster !== undefined || family !== undefined
  return task === undefined ? !isAboutTasks : matchesTask(fault, task)
}

/** Nothing answers, or what answers is not what the check wants. */
function failing({cause, status = DEFAULT_STATUS}: Fault, group: TargetGroupRecord): TargetEndpoint | undefined {
  if (cause === 'timeout') return undefined
  const overHttp = group.healthCheck.protocol === 'HTTP' || group.healthCheck.protocol === 'HTTPS'
  if (!overHttp) return {kind: 'refused'}
  return {kind: 'simulated', respond: () => ({status, headers: {}, body: ''})}
}
