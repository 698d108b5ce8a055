import {pollUntil} from '../aws/poll.js'
import type {Service} from '../ecs/services.js'
import {describeService} from '../ecs/services.js'
import {describeTasks, listTasks} from '../ecs/tasks.js'
import {AwsError, DeploymentError} from '../errors/errors.js'
import type {StepProgress} from '../output/output.js'
import type {FollowContext} from './follow-deployment.js'
import {pollEveryMs} from './follow-deployment.js'
import {describeProgress} from './progress.js'
import type {StoppedTask} from './stopped-task.js'
import {reportStoppedTasks} from './stopped-task-report.js'
import {StoppedTaskWatch} from './stopped-tasks.js'

export interface WaitOptions {
  readonly cluster: string
  readonly service: string
  readonly timeoutMs: number
}

/**
 * Waits until a service runs as many tasks as wanted. Scaling starts no deployment, so the counts decide.
 *
 * @throws DeploymentError when the service's deployment fails meanwhile; WaitTimeoutError when the time is over
 */
export async function waitForCount(
  context: FollowContext,
  options: WaitOptions & {readonly desiredCount: number},
  progress: StepProgress,
): Promise<Service> {
  const {aws, clock, signal} = context
  const {cluster, service: name, desiredCount, timeoutMs} = options
  const what = `service ${name} to run ${desiredCount} tasks`
  let watch: StoppedTaskWatch | undefined
  const told: StoppedTask[] = []
  const tellStopped = async (deploymentId: string) => {
    // What stopped before is not about this change.
    const first = watch === undefined
    watch ??= new StoppedTaskWatch(aws, {cluster, service: name, deploymentId})
    const stopped = await watch.look()
    if (first) return
    told.push(...stopped)
    reportStoppedTasks(stopped, told, progress)
  }
  return pollUntil({clock, signal, everyMs: pollEveryMs, timeoutMs, what}, async () => {
    const service = await describeService(aws.ecs, cluster, name)
    const primary = service?.deployments.find(({status}) => status === 'PRIMARY')
    if (service?.status !== 'ACTIVE' || primary === undefined) {
      throw new AwsError('SERVICE_NOT_FOUND', `service ${name} is gone from cluster ${cluster}`)
    }
    if (service.runningCount === desiredCount && service.pendingCount === 0) return service
    // ECS still stops the tasks of a failed deployment, and starts none.
    if (primary.rolloutState === 'FAILED' && service.runningCount < desiredCount) {
      throw new DeploymentError(
        'DEPLOYMENT_FAILED',
        `service ${name} cannot start tasks: ${primary.rolloutStateReason}`,
      )
    }
    await tellStopped(primary.id)
    progress.update(await describeProgress(aws.elbv2, service, primary))
    return undefined
  })
}

/** Waits until a deleted service is INACTIVE and its last task is stopped, so that what it used can be deleted. */
export async function waitUntilGone(
  context: FollowContext,
  options: WaitOptions,
  progress: StepProgress,
): Promise<void> {
  const {aws, clock, signal} = context
  const {cluster, service: name, timeoutMs} = options
  await pollUntil({clock, signal, everyMs: pollEveryMs, timeoutMs, what: `service ${name} to be gone`}, async () => {
    const [service, running, stopping] = await Promise.all([
      describeService(aws.ecs, cluster, name),
      listTasks(aws.ecs, cluster, {serviceName: name, desiredStatus: 'RUNNING'}),
      countStopping(context, cluster, name),
    ])
    const active = running.length + stopping
    progress.update(`${active} tasks left`)
    const gone = service === undefined || service.status === 'INACTIVE'
    return gone && active === 0 ? true : undefined
  })
}

/** Tasks that are told to stop and have not yet: they hold their network interface, and so the security group. */
async function countStopping(context: FollowContext, cluster: string, serviceName: string): Promise<number> {
  const arns = await listTasks(context.aws.ecs, cluster, {serviceName, desiredStatus: 'STOPPED'})
  const tasks = await describeTasks(context.aws.ecs, cluster, arns)
  return tasks.filter(({lastStatus}) => lastStatus !== 'STOPPED').length
}
