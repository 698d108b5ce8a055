import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import {describeListeners, forwardTargets} from '../../elbv2/listeners.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {deleteLoadBalancer, findLoadBalancer} from '../../elbv2/load-balancers.js'
import {describeRules} from '../../elbv2/rules.js'
import {describeTags} from '../../elbv2/tags.js'
import {findTargetGroup} from '../../elbv2/target-groups.js'
import {AwsError} from '../../errors/errors.js'
import {defaultTargetGroupName, loadBalancerSecurityGroupName} from '../../lib/resource-names.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import {confirmDeletion} from '../confirmation.js'
import type {Context} from '../context.js'
import {deleteSecurityGroupStep, deleteUnusedTargetGroup} from '../deletion.js'
import {targetGroupNameOf} from '../load-balancer-text.js'
import {isManaged} from '../tags.js'
import {closeServicesStep} from './close-services.js'

export interface DestroyLoadBalancerOptions {
  readonly name: string
  /** Deletes it although services are behind it. */
  readonly force: boolean
  /** Answers the confirmation. */
  readonly yes: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface DestroyLoadBalancerResult {
  readonly loadBalancer: string
  readonly dryRun: boolean
  readonly changes: readonly Change[]
}

/**
 * Deletes a load balancer with its listeners, its default target group and its own security group.
 *
 * @throws AwsError NOT_MANAGED for one that neither this program nor the Go CLI made; LOAD_BALANCER_IN_USE without
 *   `force` when services are behind it
 */
export async function destroyLoadBalancer(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: DestroyLoadBalancerOptions,
): Promise<DestroyLoadBalancerResult> {
  const {aws, output, signal} = context
  const {name, timeoutMs, yes, dryRun} = options
  const deleted = deletionStep(aws, options)
  const targetGroup = step<void, {deleted: typeof deleted}>({
    id: 'target-group',
    title: `target group ${defaultTargetGroupName(name)}`,
    needs: {deleted},
    look: async () => {
      const found = await findTargetGroup(aws.elbv2, defaultTargetGroupName(name))
      if (found === undefined) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: found.arn, change: 'delete'}
    },
    apply: async (_needs, _found, run) => {
      const found = await findTargetGroup(aws.elbv2, defaultTargetGroupName(name))
      if (found !== undefined) await deleteUnusedTargetGroup({...context, signal: run.signal}, found.arn, timeoutMs)
    },
  })
  const groupName = loadBalancerSecurityGroupName(name)
  const closed = closeServicesStep(aws, groupName, deleted)
  const securityGroup = deleteSecurityGroupStep(context, groupName, [deleted, closed], timeoutMs)
  const report = await runPlan([targetGroup, securityGroup], {
    output,
    signal,
    dryRun,
    beforeChanges: (changes) => confirmDeletion(output, `load balancer ${name}`, changes, yes),
  })
  return {loadBalancer: name, dryRun, changes: report.changes}
}

function deletionStep(aws: Pick<AwsClients, 'elbv2'>, {name, force}: DestroyLoadBalancerOptions): Step<void> {
  return step<void>({
    id: 'load-balancer',
    title: `load balancer ${name}`,
    look: async () => {
      const loadBalancer = await findLoadBalancer(aws.elbv2, name)
      if (loadBalancer === undefined) return {state: 'present', value: undefined}
      await Promise.all([checkOwner(aws, loadBalancer), force ? undefined : checkUnused(aws, loadBalancer)])
      return {state: 'differs', value: undefined, detail: loadBalancer.dnsName, change: 'delete'}
    },
    apply: async () => {
      const loadBalancer = await findLoadBalancer(aws.elbv2, name)
      if (loadBalancer !== undefined) await deleteLoadBalancer(aws.elbv2, loadBalancer.arn)
    },
  })
}

/** The Go CLI set no tags; its load balancers are known by the default target group that it made with each. */
async function checkOwner(aws: Pick<AwsClients, 'elbv2'>, {arn, name}: LoadBalancer): Promise<void> {
  const [tags, defaultGroup] = await Promise.all([
    describeTags(aws.elbv2, [arn]),
    findTargetGroup(aws.elbv2, defaultTargetGroupName(name)),
  ])
  if (isManaged(tags.get(arn)) || defaultGroup !== undefined) return
  throw new AwsError('NOT_MANAGED', `load balancer ${name} was not made by fargate, which deletes only what it made`, {
    details: {loadBalancerArn: arn},
    hints: [`aws elbv2 delete-load-balancer --load-balancer-arn ${arn}`],
  })
}

async function checkUnused(aws: Pick<AwsClients, 'elbv2'>, {arn, name}: LoadBalancer): Promise<void> {
  const listeners = await describeListeners(aws.elbv2, arn)
  const rules = (await inParallel(listeners, (listener) => describeRules(aws.elbv2, listener.arn))).flat()
  const actions = [...listeners.flatMap((each) => each.defaultActions), ...rules.flatMap((each) => each.actions)]
  const groups = forwardTargets(actions).map(targetGroupNameOf)
  const services = groups.filter((group) => group !== defaultTargetGroupName(name))
  if (services.length === 0) return
  throw new AwsError('LOAD_BALANCER_IN_USE', `load balancer ${name} sends requests to ${services.join(', ')}`, {
    details: {targetGroups: services},
    hints: ['destroy the services behind it first', 'or delete it from in front of them: --force'],
  })
}
