import {BACK_OFF_LIMIT_MS, BACK_OFF_REPORTED_MS, BACK_OFF_START_MS} from './durations.js'
import type {DeploymentRecord} from './records.js'

/** The pause after this many failed rounds of launches in a row, up to 15 minutes. */
export const backOff = (failedLaunches: number): number =>
  Math.min(BACK_OFF_LIMIT_MS, BACK_OFF_START_MS * 2 ** Math.max(0, failedLaunches - 1))

/**
 * Counts a task that could not be launched or did not reach RUNNING, and delays the next launch. For the circuit
 * breaker it counts only in the first stage, until one task of the deployment is RUNNING.
 *
 * @returns whether the scheduler now reports that it cannot consistently start tasks
 */
export function countFailedLaunch(deployment: DeploymentRecord, now: number): boolean {
  deployment.failedTasks++
  deployment.updatedAt = now
  if (!deployment.reachedRunning) deployment.breakerFailures++
  if (deployment.nextLaunchAt !== undefined && deployment.nextLaunchAt > now) return false
  deployment.failedLaunches++
  const pause = backOff(deployment.failedLaunches)
  deployment.nextLaunchAt = now + pause
  return pause >= BACK_OFF_REPORTED_MS
}

/** Delays the next launch where nothing has failed that counts: what stands in its way heals by itself. */
export function delayLaunch(deployment: DeploymentRecord, now: number): void {
  deployment.nextLaunchAt = now + BACK_OFF_START_MS
}

/** Counts a task that failed its health checks, which is what the second stage of the circuit breaker watches. */
export function countFailedHealth(deployment: DeploymentRecord, now: number): void {
  deployment.failedTasks++
  deployment.breakerFailures++
  deployment.updatedAt = now
}

/** A task is RUNNING: launches work again. */
export function countRunning(deployment: DeploymentRecord): void {
  deployment.reachedRunning = true
  deployment.failedLaunches = 0
  delete deployment.nextLaunchAt
}
