import type {FaultView} from '../../faults/index.js'
import type {LocalAws} from '../../local-aws.js'
import type {LoadBalancerSummary, TargetGroupSummary} from './load-balancers.js'
import {loadBalancerSummaries, targetGroupSummaries} from './load-balancers.js'
import type {ServiceSummary} from './services.js'
import {serviceSummaries} from './services.js'
import type {TaskSummary} from './tasks.js'
import {taskSummaries} from './tasks.js'

/** What a local AWS holds, for people to look at. */
export interface Inventory {
  readonly services: readonly ServiceSummary[]
  readonly tasks: readonly TaskSummary[]
  readonly loadBalancers: readonly LoadBalancerSummary[]
  readonly targetGroups: readonly TargetGroupSummary[]
  /** Those that can still strike. */
  readonly faults: readonly FaultView[]
}

export type Observed = Pick<LocalAws, 'ecs' | 'topology' | 'balancer' | 'faults'>

/** Looks at everything; nothing of it changes later. */
export function takeInventory(aws: Observed): Inventory {
  const {services, tasks} = aws.ecs.snapshot()
  const byService = Map.groupBy(tasks, ({serviceArn}) => serviceArn)
  return {
    services: serviceSummaries(services, (arn) => byService.get(arn) ?? []),
    tasks: taskSummaries(tasks),
    loadBalancers: loadBalancerSummaries(aws),
    targetGroups: targetGroupSummaries(aws),
    faults: aws.faults.list().filter(({state}) => state === 'in-force'),
  }
}
