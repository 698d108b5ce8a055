import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {UsageError} from '../../errors/errors.js'
import type {LoadBalancerPorts} from '../../lib/port-expression.js'
import {formatPort} from '../../lib/port-expression.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import {known} from '../../plan/step.js'
import type {Context} from '../context.js'
import {networkStep} from '../infrastructure/network.js'
import type {Tags} from '../tags.js'
import {withMarks} from '../tags.js'
import {activeStep} from './active.js'
import {certificatesStep} from './certificates.js'
import {isSecure} from './listener-plan.js'
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
  /** By domain or ARN, for HTTPS and TLS; the first is shown to clients that name no server. */
  readonly certificates: readonly string[]
  /** HTTP answers with the address of HTTPS. */
  readonly redirectHttp: boolean
  /** Which versions and ciphers of TLS are taken. */
  readonly sslPolicy: string
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
  const certificates = certificatesStep(aws, options.certificates)
  const listeners = listenersStep(aws, {loadBalancer, targetGroup, certificates}, options, tags)
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

function checkOptions({ports, securityGroupIds, certificates, redirectHttp}: CreateLoadBalancerOptions): void {
  if (ports.type === 'network' && securityGroupIds.length > 0) {
    throw new UsageError(
      'SECURITY_GROUPS_NEED_HTTP',
      '--security-group-id is for HTTP load balancers: this program makes TCP load balancers without security groups',
    )
  }
  const secure = ports.ports.find(isSecure)
  if (secure !== undefined && certificates.length === 0) {
    throw new UsageError(
      'CERTIFICATE_REQUIRED',
      `--port ${formatPort(secure)} needs --certificate: its domain or ARN`,
      {
        hints: [
          'see what there is: fargate certificate list',
          'or make one: fargate certificate request www.example.com',
        ],
      },
    )
  }
  if (secure === undefined && certificates.length > 0) {
    throw new UsageError('PORT_REQUIRED', `--certificate ${certificates[0]} needs a port of HTTPS or TLS`, {
      hints: [ports.type === 'network' ? '--port TLS:443' : '--port HTTPS:443'],
    })
  }
  if (redirectHttp && secure?.protocol !== 'HTTPS') {
    throw new UsageError('PORT_REQUIRED', '--redirect-http needs a port of HTTPS to send requests to', {
      hints: ['--port HTTPS:443 --certificate <domain>'],
    })
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
