import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import type {Listener} from '../../elbv2/listeners.js'
import {
  addListenerCertificates,
  createListener,
  describeListeners,
  listenerCertificates,
  setDefaultActions,
} from '../../elbv2/listeners.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {findTargetGroup} from '../../elbv2/target-groups.js'
import {AwsError} from '../../errors/errors.js'
import type {ListenerPort} from '../../lib/port-expression.js'
import {formatPort} from '../../lib/port-expression.js'
import {defaultTargetGroupName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import {ensureDefaultTargetGroup} from '../default-target-group.js'
import type {Tags} from '../tags.js'
import {upperCaseTags} from '../tags.js'
import type {CreateLoadBalancerOptions} from './create-load-balancer.js'
import type {PlannedListener} from './listener-plan.js'
import {becomesRedirect, describePlanned, isSecure, redirectAction} from './listener-plan.js'

type Aws = Pick<AwsClients, 'elbv2'>

/** The empty target group behind a load balancer without services. Answers its ARN. */
export function defaultTargetGroupStep(
  aws: Aws,
  loadBalancer: Step<LoadBalancer>,
  {name, ports}: CreateLoadBalancerOptions,
  tags: Tags,
): Step<string> {
  const groupName = defaultTargetGroupName(name)
  return step<string, {loadBalancer: typeof loadBalancer}>({
    id: 'target-group',
    title: `target group ${groupName}`,
    needs: {loadBalancer},
    look: async () => {
      const found = await findTargetGroup(aws.elbv2, groupName)
      return found === undefined ? {state: 'absent'} : {state: 'present', value: found.arn}
    },
    apply: (needs) => ensureDefaultTargetGroup(aws, needs.loadBalancer, ports.ports[0], tags),
  })
}

interface ListenerNeeds extends Record<string, Step<unknown>> {
  readonly loadBalancer: Step<LoadBalancer>
  readonly targetGroup: Step<string>
  /** ARNs. */
  readonly certificates: Step<readonly string[]>
}

/** A listener for each port, with its certificates. Those that are there already keep what they do, and what they have. */
export function listenersStep(
  aws: Aws,
  needs: ListenerNeeds,
  options: CreateLoadBalancerOptions,
  tags: Tags,
): Step<readonly PlannedListener[]> {
  return step<readonly PlannedListener[], ListenerNeeds>({
    id: 'listeners',
    title: `listeners of load balancer ${options.name}`,
    needs,
    look: async ({loadBalancer, certificates = []}) => {
      const existing = loadBalancer === undefined ? [] : await describeListeners(aws.elbv2, loadBalancer.arn)
      const planned = await planListeners(aws, options, existing, certificates)
      const open = planned.filter((each) => describePlanned(each) !== undefined)
      if (open.length === 0) return {state: 'present', value: []}
      const detail = open.flatMap((each) => describePlanned(each) ?? []).join(', ')
      return existing.length === 0 ? {state: 'absent', detail} : {state: 'differs', value: open, detail}
    },
    apply: async ({loadBalancer, targetGroup, certificates}, found) => {
      const open = found.state === 'absent' ? await planListeners(aws, options, [], certificates) : found.value
      const around = {loadBalancerArn: loadBalancer.arn, targetGroup, tags, sslPolicy: options.sslPolicy}
      await inParallel(open, (planned) => applyListener(aws, planned, around))
      return open
    },
  })
}

async function planListeners(
  aws: Aws,
  {ports, name, redirectHttp}: CreateLoadBalancerOptions,
  existing: readonly Listener[],
  certificates: readonly string[],
): Promise<PlannedListener[]> {
  const secure = ports.ports.find(({protocol}) => protocol === 'HTTPS')
  return inParallel(ports.ports, async (port) => {
    const listener = existing.find((each) => each.port === port.port)
    if (listener !== undefined && listener.protocol !== port.protocol) throw differsError(listener, port, name)
    const present = listener !== undefined && isSecure(port) ? await listenerCertificates(aws.elbv2, listener.arn) : []
    const redirectTo = redirectHttp && port.protocol === 'HTTP' ? secure?.port : undefined
    return {
      port,
      redirectTo,
      existing: listener,
      certificates: isSecure(port) ? certificates.filter((arn) => !present.includes(arn)) : [],
      becomesRedirect: listener !== undefined && becomesRedirect(listener, name, redirectTo),
    }
  })
}

interface Surroundings {
  readonly loadBalancerArn: string
  readonly targetGroup: string
  readonly tags: Tags
  readonly sslPolicy: string
}

/** A listener takes one certificate when it is made, and the others after that. */
async function applyListener(
  {elbv2}: Aws,
  {port: {protocol, port}, redirectTo, existing, certificates, becomesRedirect: redirects}: PlannedListener,
  {loadBalancerArn, targetGroup, tags, sslPolicy}: Surroundings,
): Promise<void> {
  if (existing !== undefined) {
    if (redirects && redirectTo !== undefined)
      await setDefaultActions(elbv2, existing.arn, [redirectAction(redirectTo)])
    return addListenerCertificates(elbv2, existing.arn, certificates)
  }
  const [first, ...others] = certificates
  const made = await createListener(elbv2, {
    LoadBalancerArn: loadBalancerArn,
    Protocol: protocol,
    Port: port,
    ...(first !== undefined && {Certificates: [{CertificateArn: first}], SslPolicy: sslPolicy}),
    DefaultActions: [
      redirectTo === undefined ? {Type: 'forward', TargetGroupArn: targetGroup} : redirectAction(redirectTo),
    ],
    Tags: upperCaseTags(tags),
  })
  if (made !== undefined) await addListenerCertificates(elbv2, made.arn, others)
}

function differsError(listener: Listener, port: ListenerPort, name: string): AwsError {
  return new AwsError(
    'LISTENER_DIFFERS',
    `load balancer ${name} has ${listener.protocol} on port ${port.port}, and ${formatPort(port)} is asked for`,
    {details: {listenerArn: listener.arn}},
  )
}
