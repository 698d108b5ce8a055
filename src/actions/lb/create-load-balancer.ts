import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {UsageError} from '../../errors/errors.js'
import type {LoadBalancerPorts} from '../../lib/port-expression.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import {known} from '../../plan/step.js'
import type {Context} from '../context.js'
import {networkStep} from '../infrastructure/network.js'
import type {Tags} from '../tags.js'
import {withMarks} from '../tags.js'
import {activeStep} from './active.js'
import {defaultTargetGroupStep, listenersStep} from './listeners.js'
import {loadBalancerStep} from './load-balancer.js'
import {loadBalancerSecurityGroupsStep} from './security-groups.js'

export interface CreateLoadBalancerOptions {
  readonly name: string
  /** Of one kind: HTTP and HTTPS, or TCP. */
  readonly ports: LoadBalancerPorts
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly scheme: 'internet-facing' | 'internal'
  readonly tags: Tags
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface CreateLoadBalancerResult {
  readonly loadBalancer: string
  /** Absent in a dry run of one that does not exist yet. */
  readonly arn: string | undefined
  readonly dnsName: string | undefined
  readonly urls: readonly string[]
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Makes a load balancer with its security group, an empty default target group and a listener for each port, and waits
 * until it is active. Running it again adds what is missing.
 *
 * @throws UsageError, AwsError before anything is changed; WaitTimeoutError when it is not active in time
 */
export async function createLoadBalancer(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output' | 'listenerUrl'>,
  options: CreateLoadBalancerOptions,
): Promise<CreateLoadBalancerResult> {
  checkOptions(options)
  const {aws, output, signal} = context
  const tags = withMarks(options.tags)
  const network = networkStep(aws, options.subnetIds)
  const securityGroups =
    options.ports.type === 'network'
      ? known('security-group', [])
      : loadBalancerSecurityGroupsStep(aws, network, options, tags)
  const loadBalancer = loadBalancerStep(aws, {network, securityGroups}, options, tags)
  const targetGroup = defaultTargetGroupStep(aws, loadBalancer, options, tags)
  const listeners = listenersStep(aws, {loadBalancer, targetGroup}, options, tags)
  const active = activeStep(context, loadBalancer, options)
  const steps = options.wait ? [listeners, active] : [listeners]
  const report = await runPlan(steps, {output, signal, dryRun: options.dryRun})

  const made = report.value(loadBalancer)
  return {
    loadBalancer: options.name,
    arn: made?.arn,
    dnsName: made?.dnsName,
    urls: made === undefined || options.dryRun ? [] : await urlsOf(context, made, options),
    dryRun: options.dryRun,
    changes: report.changes,
  }
}

function checkOptions({ports, securityGroupIds}: CreateLoadBalancerOptions): void {
  if (ports.type === 'network' && securityGroupIds.length > 0) {
    throw new UsageError(
      'SECURITY_GROUPS_NEED_HTTP',
      '--security-group-id is for HTTP load balancers: this program makes TCP load balancers without security groups',
    )
  }
  const secure = ports.ports.find(({protocol}) => protocol === 'HTTPS')
  if (secure !== undefined) {
    throw new UsageError(
      'CERTIFICATE_REQUIRED',
      `--port HTTPS:${secure.port} needs a certificate, which this version cannot attach yet`,
      {hints: ['make the load balancer with HTTP ports: --port 80']},
    )
  }
}

async function urlsOf(
  {listenerUrl}: Pick<Context, 'listenerUrl'>,
  {arn, dnsName}: LoadBalancer,
  {ports}: CreateLoadBalancerOptions,
): Promise<string[]> {
  return Promise.all(
    ports.ports.map(({protocol, port}) => listenerUrl({loadBalancerArn: arn, dnsName, protocol, port})),
  )
}
