import type {TargetGroupsPort} from '../ports.js'
import {UNCHECKED_HEALTHY_MS} from './durations.js'
import type {TaskRecord} from './records.js'

/** What the service scheduler thinks of a task. */
export type TaskHealth =
  | {readonly verdict: 'starting' | 'healthy'}
  | {readonly verdict: 'unhealthy'; readonly cause: 'container'}
  | {
      readonly verdict: 'unhealthy'
      readonly cause: 'target'
      readonly targetGroupArn: string
      readonly port: number
      readonly reason: string
    }

const STARTING: TaskHealth = {verdict: 'starting'}
const HEALTHY: TaskHealth = {verdict: 'healthy'}

/**
 * A task is healthy when it is RUNNING and its container health checks and targets say so; without any check, 40
 * seconds after it is RUNNING. Within the grace period failed checks are not held against it.
 */
export function taskHealth(
  targetGroups: TargetGroupsPort,
  task: TaskRecord,
  {now, graceSeconds}: {readonly now: number; readonly graceSeconds: number},
): TaskHealth {
  if (task.lastStatus !== 'RUNNING' || task.startedAt === undefined) return STARTING
  const checked = task.containers.filter(({hasHealthCheck, essential}) => hasHealthCheck && essential)
  const verdicts = [
    ...checked.map(({healthStatus}) => containerVerdict(healthStatus ?? 'UNKNOWN')),
    ...task.targets.map((target) => targetVerdict(targetGroups, task, target)),
  ]
  if (verdicts.length === 0) return now - task.startedAt >= UNCHECKED_HEALTHY_MS ? HEALTHY : STARTING
  const unhealthy = verdicts.find(({verdict}) => verdict === 'unhealthy')
  if (unhealthy !== undefined) return now - task.startedAt < graceSeconds * 1000 ? STARTING : unhealthy
  return verdicts.every(({verdict}) => verdict === 'healthy') ? HEALTHY : STARTING
}

function containerVerdict(status: string): TaskHealth {
  if (status === 'UNHEALTHY') return {verdict: 'unhealthy', cause: 'container'}
  return status === 'HEALTHY' ? HEALTHY : STARTING
}

function targetVerdict(
  targetGroups: TargetGroupsPort,
  task: TaskRecord,
  {targetGroupArn, port}: TaskRecord['targets'][number],
): TaskHealth {
  const ip = task.networkInterface?.privateIpAddress ?? ''
  const {state, description} = targetGroups.health(task.scope, targetGroupArn, {ip, port})
  if (state === 'healthy') return HEALTHY
  if (state !== 'unhealthy') return STARTING
  return {verdict: 'unhealthy', cause: 'target', targetGroupArn, port, reason: description ?? 'Health checks failed'}
}
