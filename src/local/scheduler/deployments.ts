import {regionalArn} from '../scope.js'
import {breakerThreshold} from './circuit-breaker.js'
import type {RandomSource} from './ids.js'
import {newDeploymentId, newNumber, newServiceDeploymentId} from './ids.js'
import type {DeploymentRecord, DeploymentSpec, ServiceDeploymentRecord, ServiceRecord} from './records.js'

export const primaryOf = (service: ServiceRecord): DeploymentRecord | undefined =>
  service.deployments.find(({status}) => status === 'PRIMARY')

export const serviceDeploymentOf = (
  service: ServiceRecord,
  {serviceDeploymentArn}: DeploymentRecord,
): ServiceDeploymentRecord | undefined =>
  service.serviceDeployments.find((candidate) => candidate.serviceDeploymentArn === serviceDeploymentArn)

const breakerOf = (service: ServiceRecord) => service.settings.deploymentConfiguration.deploymentCircuitBreaker

/** Starts, ends and rolls back the deployments of a service: records only, the reconciler moves the tasks. */
export class Deployments {
  readonly #now: () => number
  readonly #random: RandomSource

  constructor(now: () => number, random: RandomSource) {
    this.#now = now
    this.#random = random
  }

  /** Makes `service.spec` the PRIMARY deployment; the one before becomes ACTIVE, and is given up if it was not done. */
  start(service: ServiceRecord): DeploymentRecord {
    const now = this.#now()
    const previous = primaryOf(service)
    const serviceRevisionArn = this.#revise(service, service.spec)
    const serviceDeployment: ServiceDeploymentRecord = {
      serviceDeploymentArn: this.#arn(service, 'service-deployment', newServiceDeploymentId(this.#random)),
      sourceRevisionArns: previous === undefined ? [] : [previous.serviceRevisionArn],
      targetRevisionArn: serviceRevisionArn,
      deploymentConfiguration: service.settings.deploymentConfiguration,
      createdAt: now,
      updatedAt: now,
      status: 'PENDING',
      breaker: {
        enabled: breakerOf(service)?.enable ?? false,
        triggered: false,
        failureCount: 0,
        threshold: breakerThreshold(service.settings.deploymentConfiguration, service.desiredCount),
      },
      requestedCount: service.desiredCount,
    }
    if (previous?.rolloutState === 'IN_PROGRESS') {
      const reason = 'Service deployment stopped because a newer service deployment started.'
      this.#finish(service, previous, 'STOPPED', reason)
    }
    service.serviceDeployments.unshift(serviceDeployment)
    const {serviceDeploymentArn} = serviceDeployment
    return this.#push(service, {serviceRevisionArn, serviceDeploymentArn, isRollback: false})
  }

  /** A pass of the scheduler takes up what was asked for: a new deployment, or a rollback of the one in progress. */
  takeUp(service: ServiceRecord): void {
    const primary = primaryOf(service)
    const record = primary && serviceDeploymentOf(service, primary)
    if (record?.status !== 'PENDING' && record?.status !== 'ROLLBACK_REQUESTED') return
    record.status = record.status === 'PENDING' ? 'IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS'
    record.updatedAt = this.#now()
    record.startedAt ??= record.updatedAt
  }

  /** COMPLETED: the tasks run and are healthy, and no bake time is left. */
  complete(service: ServiceRecord, deployment: DeploymentRecord): void {
    deployment.rolloutState = 'COMPLETED'
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`
    deployment.updatedAt = this.#now()
    deployment.failedTasks = 0
    const rolledBack = serviceDeploymentOf(service, deployment)?.rollback !== undefined
    this.#finish(service, deployment, rolledBack ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL')
  }

  /** FAILED by the circuit breaker, with no rollback: it launches no tasks any more and stays PRIMARY. */
  fail(service: ServiceRecord, deployment: DeploymentRecord): void {
    this.#markFailed(service, deployment)
    const record = serviceDeploymentOf(service, deployment)
    const rolledBack = record?.rollback !== undefined
    this.#finish(service, deployment, rolledBack ? 'ROLLBACK_FAILED' : 'STOPPED', deployment.rolloutStateReason)
  }

  /**
   * Makes a new PRIMARY deployment of what ran before; the failed one stays ACTIVE and FAILED until its tasks have
   * gone. Both the reason and the event name the new deployment.
   */
  rollBack(service: ServiceRecord, failed: DeploymentRecord, source: DeploymentSpec, reason: string): DeploymentRecord {
    const record = serviceDeploymentOf(service, failed)
    if (reason === BREAKER_REASON) this.#markFailed(service, failed)
    else this.#markStopped(failed)
    service.spec = source
    const serviceRevisionArn = this.#revise(service, source)
    const {serviceDeploymentArn} = failed
    const deployment = this.#push(service, {serviceRevisionArn, serviceDeploymentArn, isRollback: true})
    deployment.rolloutStateReason =
      reason === BREAKER_REASON
        ? `ECS deployment circuit breaker: rolling back to deploymentId ${deployment.id}.`
        : `ECS deployment ${deployment.id} in progress.`
    if (record !== undefined) {
      record.status = reason === BREAKER_REASON ? 'ROLLBACK_IN_PROGRESS' : 'ROLLBACK_REQUESTED'
      record.updatedAt = this.#now()
      record.rollback = {reason, startedAt: this.#now(), serviceRevisionArn}
    }
    return deployment
  }

  #markFailed(service: ServiceRecord, deployment: DeploymentRecord): void {
    deployment.rolloutState = 'FAILED'
    deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.'
    deployment.updatedAt = this.#now()
    const record = serviceDeploymentOf(service, deployment)
    if (record === undefined) return
    record.breaker.triggered = true
    record.breaker.failureCount = deployment.breakerFailures
  }

  #markStopped(deployment: DeploymentRecord): void {
    deployment.rolloutState = 'FAILED'
    deployment.rolloutStateReason = `ECS deployment ${deployment.id} was stopped.`
    deployment.updatedAt = this.#now()
  }

  #finish(
    service: ServiceRecord,
    deployment: DeploymentRecord,
    status: ServiceDeploymentRecord['status'],
    reason?: string,
  ): void {
    const record = serviceDeploymentOf(service, deployment)
    if (record === undefined || record.finishedAt !== undefined) return
    const now = this.#now()
    record.status = status
    record.finishedAt = now
    record.updatedAt = now
    if (status === 'STOPPED') record.stoppedAt = now
    if (reason !== undefined) record.statusReason = reason
  }

  #revise(service: ServiceRecord, spec: DeploymentSpec): string {
    const serviceRevisionArn = this.#arn(service, 'service-revision', newNumber(this.#random, 19))
    service.revisions.unshift({serviceRevisionArn, spec, createdAt: this.#now()})
    return serviceRevisionArn
  }

  #push(
    service: ServiceRecord,
    origin: Pick<DeploymentRecord, 'serviceRevisionArn' | 'serviceDeploymentArn' | 'isRollback'>,
  ): DeploymentRecord {
    const now = this.#now()
    const id = newDeploymentId(this.#random)
    const deployment: DeploymentRecord = {
      id,
      status: 'PRIMARY',
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
      spec: service.spec,
      desiredCount: service.desiredCount,
      failedTasks: 0,
      breakerFailures: 0,
      reachedRunning: false,
      failedLaunches: 0,
      createdAt: now,
      updatedAt: now,
      ...origin,
    }
    for (const other of service.deployments) other.status = 'ACTIVE'
    service.deployments.unshift(deployment)
    delete service.steadySince
    delete service.blockedReportedAt
    return deployment
  }

  #arn({scope, clusterName, serviceName}: ServiceRecord, kind: string, id: string): string {
    return regionalArn('ecs', scope, `${kind}/${clusterName}/${serviceName}/${id}`)
  }
}

/** Why the circuit breaker rolled back, as a service deployment states it. */
export const BREAKER_REASON = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
