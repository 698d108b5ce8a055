import type {Service} from '../../../ecs/services.js'
import {describeService, primaryDeployment} from '../../../ecs/services.js'
import type {Change} from '../../../plan/run-plan.js'
import {runPlan} from '../../../plan/run-plan.js'
import type {CompletedRollout} from '../../../rollout/follow-deployment.js'
import type {Context} from '../../context.js'
import {checkImageSource} from '../../infrastructure/build-source.js'
import {followToEnd} from '../follow-to-end.js'
import {checkExistingService, drainingError} from './existing-service.js'
import type {LoadBalancerState} from './load-balancer.js'
import type {CreateServiceOptions} from './options.js'
import {checkOptions} from './options-check.js'
import type {ExistingService} from './plan.js'
import {planService} from './plan.js'

export interface CreateServiceResult {
  readonly service: string
  readonly cluster: string
  /** Absent in a dry run of a service that does not exist yet. */
  readonly serviceArn: string | undefined
  readonly image: string | undefined
  readonly taskDefinition: string | undefined
  readonly urls: readonly string[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
  /** Absent with --no-wait, in a dry run, and when nothing was to be done. */
  readonly rollout: CompletedRollout | undefined
}

/**
 * Makes a service and all that it needs, and waits until it is steady. Running it again continues where it stopped,
 * and changes nothing once everything is there.
 *
 * @throws UsageError, AwsError, MachineError before anything is changed; DeploymentError, WaitTimeoutError after
 */
export async function createService(context: Context, options: CreateServiceOptions): Promise<CreateServiceResult> {
  checkOptions(options)
  await checkImageSource(context, options.image)
  const existing = await describeExisting(context, options)
  const plan = planService(context, options, existing)
  const {dryRun, cluster, name} = options
  const report = await runPlan([plan.service], {output: context.output, signal: context.signal, dryRun})

  const service = report.value(plan.service)
  const rollout =
    service === undefined || dryRun || !options.wait
      ? undefined
      : await waitForFirstDeployment(context, service, options)
  return {
    service: name,
    cluster,
    serviceArn: service?.arn,
    image: existing?.image ?? report.value(plan.image),
    taskDefinition: existing?.service.taskDefinition ?? report.value(plan.taskDefinition),
    urls: await urlsOf(context, plan.loadBalancer && report.value(plan.loadBalancer)),
    dryRun,
    changes: report.changes,
    rollout,
  }
}

async function describeExisting(context: Context, options: CreateServiceOptions): Promise<ExistingService | undefined> {
  const service = await describeService(context.aws.ecs, options.cluster, options.name)
  if (service?.status === 'DRAINING') throw drainingError(options.name)
  if (service?.status !== 'ACTIVE') return undefined
  return {service, image: await checkExistingService(context, service, options)}
}

/** An earlier run may have been stopped while it waited: what is still under way is waited for again. */
async function waitForFirstDeployment(
  context: Context,
  service: Service,
  options: CreateServiceOptions,
): Promise<CompletedRollout | undefined> {
  const deployment = primaryDeployment(service)
  if (deployment.rolloutState === 'COMPLETED') return undefined
  const {cluster, name, timeoutMs} = options
  return followToEnd(context, {cluster, service: name, deploymentId: deployment.id, timeoutMs})
}

/** The addresses of the load balancer; with rules only some of their requests go to the service. */
async function urlsOf(context: Pick<Context, 'listenerUrl'>, state: LoadBalancerState | undefined): Promise<string[]> {
  if (state === undefined) return []
  const {arn, dnsName} = state.loadBalancer
  return Promise.all(
    state.listeners.map(({listener: {protocol, port}}) =>
      context.listenerUrl({loadBalancerArn: arn, dnsName, protocol, port}),
    ),
  )
}
