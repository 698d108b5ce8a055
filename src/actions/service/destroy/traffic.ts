import {inParallel} from '../../../aws/batching.js'
import type {AwsClients} from '../../../aws/clients.js'
import type {Listener} from '../../../elbv2/listeners.js'
import {describeListeners, forwardTargets, setDefaultTargetGroup} from '../../../elbv2/listeners.js'
import type {LoadBalancer} from '../../../elbv2/load-balancers.js'
import {loadBalancersByArn} from '../../../elbv2/load-balancers.js'
import type {Rule} from '../../../elbv2/rules.js'
import {deleteRule, describeRules} from '../../../elbv2/rules.js'
import type {TargetGroup} from '../../../elbv2/target-groups.js'
import {AwsError} from '../../../errors/errors.js'
import {plural} from '../../../lib/text.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {ensureDefaultTargetGroup} from '../../default-target-group.js'
import {describeActions, describeListener} from '../../load-balancer-text.js'

type Aws = Pick<AwsClients, 'elbv2'>

interface Traffic {
  readonly rules: readonly Rule[]
  /** Listeners whose default action is the service. */
  readonly defaults: readonly {readonly listener: Listener; readonly loadBalancer: LoadBalancer}[]
}

/**
 * Takes the service out of its load balancer: deletes the rules that lead to it, and gives default actions back to the
 * load balancer's own target group. Every form of action counts; each rule is deleted once. What divides its requests
 * between this service and others is nobody's to delete: it is refused before anything is changed.
 */
export function trafficDeletion(
  {aws}: {aws: Aws},
  targetGroups: Step<readonly TargetGroup[]>,
  deleted: Step<void>,
): Step<Traffic> {
  return step<Traffic, {targetGroups: typeof targetGroups; deleted: typeof deleted}>({
    id: 'listener-rules',
    title: 'listener rules',
    needs: {targetGroups, deleted},
    look: async (needs) => {
      const groups = needs.targetGroups ?? []
      const traffic = await findTraffic(aws, groups)
      checkUndivided(traffic, groups)
      const lines = [
        ...(traffic.rules.length > 0 ? [plural(traffic.rules.length, 'rule')] : []),
        ...traffic.defaults.map(({listener}) => `default action of ${describeListener(listener)}`),
      ]
      if (lines.length === 0) return {state: 'present', value: traffic}
      return {state: 'differs', value: traffic, detail: lines.join(', '), change: 'delete'}
    },
    apply: async (_needs, found) => {
      const traffic = found.state === 'absent' ? {rules: [], defaults: []} : found.value
      await Promise.all([
        inParallel(traffic.rules, ({arn}) => deleteRule(aws.elbv2, arn)),
        inParallel(traffic.defaults, async ({listener, loadBalancer}) => {
          const {protocol, port} = listener
          const group = await ensureDefaultTargetGroup(aws, loadBalancer, {protocol, port})
          await setDefaultTargetGroup(aws.elbv2, listener.arn, group)
        }),
      ])
      return {rules: [], defaults: []}
    },
  })
}

/** @throws AwsError TRAFFIC_SHARED */
function checkUndivided({rules, defaults}: Traffic, groups: readonly TargetGroup[]): void {
  const own = new Set(groups.map(({arn}) => arn))
  const divided = (actions: Rule['actions']) => forwardTargets(actions).some((arn) => !own.has(arn))
  const shared = [
    ...rules.filter(({actions}) => divided(actions)).map(({arn, actions}) => ({what: `rule ${arn}`, actions})),
    ...defaults
      .filter(({listener}) => divided(listener.defaultActions))
      .map(({listener}) => ({
        what: `default action of ${describeListener(listener)}`,
        actions: listener.defaultActions,
      })),
  ]
  const [first] = shared
  if (first === undefined) return
  throw new AwsError('TRAFFIC_SHARED', `the ${first.what} does: ${describeActions(first.actions)}`, {
    details: {targetGroups: forwardTargets(first.actions)},
    hints: ['take the service out of it first: it sends requests to other target groups too'],
  })
}

async function findTraffic(aws: Aws, groups: readonly TargetGroup[]): Promise<Traffic> {
  const arns = new Set(groups.map(({arn}) => arn))
  const leadsHere = (actions: Rule['actions']) => forwardTargets(actions).some((arn) => arns.has(arn))
  const loadBalancers = await loadBalancersByArn(
    aws.elbv2,
    groups.flatMap(({loadBalancerArns}) => [...loadBalancerArns]),
  )
  const perLoadBalancer = await inParallel([...loadBalancers.values()], async (loadBalancer) => {
    const listeners = await describeListeners(aws.elbv2, loadBalancer.arn)
    const rules = await inParallel(listeners, ({arn}) => describeRules(aws.elbv2, arn))
    return {
      rules: rules.flat().filter((rule) => !rule.isDefault && leadsHere(rule.actions)),
      defaults: listeners
        .filter(({defaultActions}) => leadsHere(defaultActions))
        .map((listener) => ({listener, loadBalancer})),
    }
  })
  return {
    rules: perLoadBalancer.flatMap(({rules}) => rules),
    defaults: perLoadBalancer.flatMap(({defaults}) => defaults),
  }
}
