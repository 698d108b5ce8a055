import type {Elbv2Context} from './context.js'
import {activateOnceProvisioned} from './load-balancer-creation.js'
import {releaseOnceLingered} from './load-balancers.js'
import {removeOnceDrained} from './target-registration.js'

/** Goes on with what records of an earlier run were in the middle of. */
export function resume(context: Elbv2Context): void {
  const {store, changed} = context
  for (const loadBalancer of store.loadBalancers()) {
    if (loadBalancer.state === 'provisioning') activateOnceProvisioned(context, loadBalancer)
  }
  for (const group of store.targetGroups()) {
    for (const target of group.targets) {
      if (target.status.state === 'draining') removeOnceDrained(context, group, target)
    }
  }
  for (const scope of store.scopes()) {
    for (const arn of store.of(scope).lingering.keys()) releaseOnceLingered(context, scope, arn)
  }
  changed()
}
