import type {
  CreateLoadBalancerCommandInput,
  CreateLoadBalancerCommandOutput,
  DeleteLoadBalancerCommandInput,
  DeleteLoadBalancerCommandOutput,
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  CreateLoadBalancer$,
  DeleteLoadBalancer$,
  DescribeLoadBalancers$,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {LoadBalancerRecord} from '../../balancer/model.js'
import type {Scope} from '../../scope.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import type {Elbv2Context} from './context.js'
import {describeLoadBalancer} from './descriptions.js'
import {invalid, required} from './faults.js'
import {createLoadBalancer} from './load-balancer-creation.js'
import {checkArn, pick} from './lookups.js'
import {checkSelection, pageOf} from './paging.js'

/** How long the network interfaces of a deleted load balancer stay: they block their security groups and subnets. */
const INTERFACES_LINGER_MS = 60_000

export function loadBalancerOperations(context: Elbv2Context): Operation[] {
  return [
    operation<CreateLoadBalancerCommandInput, CreateLoadBalancerCommandOutput>(
      CreateLoadBalancer$,
      (input, request) => ({
        LoadBalancers: [describeLoadBalancer(createLoadBalancer(context, request, input))],
      }),
    ),
    operation<DescribeLoadBalancersCommandInput, DescribeLoadBalancersCommandOutput>(
      DescribeLoadBalancers$,
      (input, request) => {
        const {page, ...more} = pageOf(select(context, request, input), ({arn}) => arn, input)
        return {LoadBalancers: page.map(describeLoadBalancer), ...more}
      },
    ),
    operation<DeleteLoadBalancerCommandInput, DeleteLoadBalancerCommandOutput>(
      DeleteLoadBalancer$,
      (input, request) => {
        deleteLoadBalancer(
          context,
          request,
          checkArn(required(input.LoadBalancerArn, 'loadBalancerArn'), 'loadbalancer'),
        )
        return {}
      },
    ),
  ]
}

function select(
  {store}: Elbv2Context,
  scope: Scope,
  {LoadBalancerArns = [], Names = []}: DescribeLoadBalancersCommandInput,
): LoadBalancerRecord[] {
  checkSelection(LoadBalancerArns)
  checkSelection(Names)
  const {loadBalancers} = store.of(scope)
  if (LoadBalancerArns.length > 0 && Names.length > 0) {
    throw invalid('Load balancer ARNs and load balancer names cannot be specified at the same time')
  }
  if (LoadBalancerArns.length > 0) return pick(loadBalancers, 'loadbalancer', LoadBalancerArns)
  const all = [...loadBalancers.values()]
  if (Names.length === 0) return all
  const missing = Names.filter((wanted) => !all.some(({name}) => name === wanted))
  if (missing.length > 0) {
    throw new AwsFault('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`)
  }
  return all.filter(({name}) => Names.includes(name))
}

/** Deletes a load balancer with its listeners and rules. One that is not there counts as deleted, as on AWS. */
function deleteLoadBalancer(context: Elbv2Context, scope: Scope, arn: string): void {
  const {store, clock, changed} = context
  const state = store.of(scope)
  const record = state.loadBalancers.get(arn)
  if (record === undefined) return
  if (record.attributes['deletion_protection.enabled'] === 'true') {
    throw new AwsFault(
      'OperationNotPermitted',
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    )
  }
  for (const listener of store.listenersOf(arn)) store.removeListener(scope, listener.arn)
  state.loadBalancers.delete(arn)
  state.tags.delete(arn)
  changed()
  const networkInterfaceIds = record.subnets.map(({networkInterfaceId}) => networkInterfaceId)
  state.lingering.set(arn, {networkInterfaceIds, until: clock.now() + INTERFACES_LINGER_MS})
  releaseOnceLingered(context, scope, arn)
}

/** Waits for the end of the network interfaces that a deleted load balancer has left. */
export function releaseOnceLingered({store, network, clock}: Elbv2Context, scope: Scope, arn: string): void {
  const {lingering} = store.of(scope)
  const left = lingering.get(arn)
  if (left === undefined) return
  clock.after(left.until - clock.now(), () => {
    for (const networkInterfaceId of left.networkInterfaceIds) network.deleteInterface(scope, networkInterfaceId)
    lingering.delete(arn)
  })
}
