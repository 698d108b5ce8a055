import type {AwsClients} from '../aws/clients.js'
import {pollUntil} from '../aws/poll.js'
import type {Service} from '../ecs/services.js'
import {describeService} from '../ecs/services.js'
import {familyAndRevision} from '../ecs/task-definitions.js'
import {AwsError, DeploymentError, WaitTimeoutError} from '../errors/errors.js'
import type {Clock} from '../lib/clock.js'
import type {StepProgress} from '../output/output.js'
import type {DeploymentState} from './deployment-state.js'
import {deploymentState} from './deployment-state.js'
import {withFailedHealthCheck} from './failed-health-check.js'
import {describeProgress} from './progress.js'
import {ServiceEventLog} from './service-events.js'
import {hintOn} from './stop-explanation.js'
import type {StoppedTask} from './stopped-task.js'
import {reportStoppedTasks} from './stopped-task-report.js'
import {StoppedTaskWatch} from './stopped-tasks.js'

export interface FollowContext {
  readonly aws: Pick<AwsClients, 'ecs' | 'logs' | 'elbv2'>
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface FollowOptions {
  readonly cluster: string
  readonly service: string
  /** The id that CreateService or UpdateService answered. */
  readonly deploymentId: string
  readonly timeoutMs: number
}

export interface CompletedRollout {
  readonly deploymentId: string
  readonly taskDefinition: string
  readonly runningCount: number
  readonly seconds: number
  /** Tasks of the deployment that stopped on the way and were replaced. */
  readonly stoppedTasks: readonly StoppedTask[]
}

/** Half a read per second of the twenty that ECS allows an account. */
export const pollEveryMs = 2000

/** ECS calls a deployment failed while its last tasks are still on their way down; their reasons are worth this long. */
const reasonsWithinMs = 30_000

/** Reads can be older than the write that started the deployment, and show the service of before for some seconds. */
const visibleAfterMs = 30_000

/**
 * Follows one deployment until ECS calls it completed. Shows what changes: counts, service events, target health,
 * and each task that stops with its reason, exit codes and last log lines, at once.
 *
 * @throws DeploymentError when it fails, is rolled back, or another deployment takes its place
 * @throws WaitTimeoutError when it is not over in time; it goes on at AWS
 */
export async function followDeployment(
  context: FollowContext,
  options: FollowOptions,
  progress: StepProgress,
): Promise<CompletedRollout> {
  const {aws, clock, signal} = context
  const {cluster, service: name, deploymentId, timeoutMs} = options
  const startedAt = clock.now()
  const watch = new StoppedTaskWatch(aws, {cluster, service: name, deploymentId})
  const events = new ServiceEventLog(deploymentId)
  const stoppedTasks: StoppedTask[] = []
  let last: Service | undefined
  let visible = false
  let failedAt: number | undefined

  const lacksReason = ({state}: DeploymentState): boolean => {
    if (state !== 'failed' && state !== 'rolled-back') return false
    failedAt ??= clock.now()
    const isTimeLeft = clock.now() - startedAt < timeoutMs && clock.now() - failedAt < reasonsWithinMs
    return stoppedTasks.length === 0 && isTimeLeft
  }
  const probe = async (): Promise<CompletedRollout | undefined> => {
    const [service, fresh] = await Promise.all([describeService(aws.ecs, cluster, name), watch.look()])
    visible ||= service?.deployments.some(({id}) => id === deploymentId) === true
    const early = !visible && clock.now() - startedAt < visibleAfterMs
    if (service === undefined) {
      if (early) return undefined
      throw new AwsError('SERVICE_NOT_FOUND', `service ${name} is gone from cluster ${cluster}`)
    }
    last = service
    for (const line of events.fresh(service)) progress.log(line)
    const stopped = fresh.map((task) => withFailedHealthCheck(task, service.events))
    stoppedTasks.push(...stopped)
    reportStoppedTasks(stopped, stoppedTasks, progress)
    const found = deploymentState(service, deploymentId)
    if (early && found.state !== 'rolled-back') return undefined
    if (found.state === 'completed') {
      return {
        deploymentId,
        taskDefinition: found.deployment.taskDefinition,
        runningCount: found.deployment.runningCount,
        seconds: Math.round((clock.now() - startedAt) / 1000),
        stoppedTasks,
      }
    }
    if (lacksReason(found)) return undefined
    if (found.state !== 'in-progress')
      throw failure(found, {name, deploymentId, service, stoppedTasks, obstacle: events.obstacle})
    progress.update(await describeProgress(aws.elbv2, service, found.deployment))
    return undefined
  }

  try {
    return await pollUntil({clock, signal, everyMs: pollEveryMs, timeoutMs, what: `service ${name}`}, probe)
  } catch (error) {
    if (!(error instanceof WaitTimeoutError)) throw error
    throw timeout(error, {name, deploymentId, service: last, stoppedTasks, obstacle: events.obstacle})
  }
}

type Found = Exclude<DeploymentState, {state: 'completed' | 'in-progress'}>

interface Facts {
  readonly name: string
  readonly deploymentId: string
  readonly service: Service | undefined
  readonly stoppedTasks: readonly StoppedTask[]
  /** Why ECS could not start tasks at all. */
  readonly obstacle: string | undefined
}

/** The last task that stopped says most; where none has even started, ECS itself says why. */
function reasonOf({stoppedTasks, obstacle}: Facts): {readonly because: string; readonly hints: readonly string[]} {
  const why = stoppedTasks.at(-1)
  if (why !== undefined) {
    return {because: `\n  last task ${why.taskId}: ${why.reason}`, hints: why.hint === undefined ? [] : [why.hint]}
  }
  if (obstacle === undefined) return {because: '', hints: []}
  const hint = hintOn(obstacle)
  return {because: `\n  ECS ${obstacle}`, hints: hint === undefined ? [] : [hint]}
}

function failure(found: Found, facts: Facts & {readonly service: Service}): DeploymentError {
  const {name, deploymentId, service, stoppedTasks} = facts
  const details = {
    service: name,
    deploymentId,
    outcome: found.state,
    stoppedTasks,
    events: service.events.slice(0, 10).map(({createdAt, message}) => ({createdAt, message})),
  }
  const {because, hints: known} = reasonOf(facts)
  const hints = [...known, `fargate service logs ${name}`]
  switch (found.state) {
    case 'deleted':
      return new DeploymentError('SERVICE_DELETED', `service ${name} was deleted while it was deployed`, {details})
    case 'superseded':
      return new DeploymentError(
        'DEPLOYMENT_SUPERSEDED',
        `deployment ${deploymentId} of service ${name} was replaced by ${found.by.id} before it was completed`,
        {details, hints: [`see what runs now: fargate service info ${name}`]},
      )
    case 'rolled-back':
      return new DeploymentError(
        'DEPLOYMENT_ROLLED_BACK',
        `service ${name} is rolled back to ${familyAndRevision(found.to.taskDefinition)}: ${found.reason}${because}`,
        {details: {...details, rolledBackTo: found.to.taskDefinition}, hints},
      )
    default:
      return new DeploymentError('DEPLOYMENT_FAILED', `service ${name} failed to deploy: ${found.reason}${because}`, {
        details,
        hints,
      })
  }
}

function timeout(error: WaitTimeoutError, facts: Facts): WaitTimeoutError {
  const {name, deploymentId, service, stoppedTasks} = facts
  const {because, hints} = reasonOf(facts)
  return new WaitTimeoutError(error.code, `${error.message}; deployment ${deploymentId} goes on at AWS${because}`, {
    cause: error,
    details: {
      service: name,
      deploymentId,
      runningCount: service?.runningCount,
      desiredCount: service?.desiredCount,
      stoppedTasks,
    },
    hints: [...hints, `see how it goes on: fargate service info ${name}`, 'wait longer: --timeout 40m'],
  })
}
