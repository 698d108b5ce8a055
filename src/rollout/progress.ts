import type {Deployment, Service} from '../ecs/services.js'
import type {Elbv2} from '../elbv2/sdk.js'
import {targetHealth} from '../elbv2/target-groups.js'

/** One line on how far a deployment is: tasks, and the targets where a load balancer is in front of it. */
export async function describeProgress(elbv2: Elbv2, service: Service, deployment: Deployment): Promise<string> {
  const {runningCount, desiredCount, pendingCount, failedTasks} = deployment
  const parts = [`${runningCount} of ${desiredCount} tasks running`]
  if (pendingCount > 0) parts.push(`${pendingCount} pending`)
  if (failedTasks > 0) parts.push(`${failedTasks} failed`)
  const older = service.deployments.filter(({id}) => id !== deployment.id)
  const oldTasks = older.reduce((sum, each) => sum + each.runningCount, 0)
  if (oldTasks > 0) parts.push(`${oldTasks} of the old version`)
  if (runningCount > 0) parts.push(...(await targetCounts(elbv2, service)))
  return parts.join(', ')
}

async function targetCounts(elbv2: Elbv2, service: Service): Promise<string[]> {
  const arns = service.loadBalancers.flatMap(({targetGroupArn}) => targetGroupArn ?? [])
  const targets = (await Promise.all(arns.map((arn) => targetHealth(elbv2, arn)))).flat()
  const counts = new Map<string, number>()
  for (const {state} of targets) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => `${count} ${count === 1 ? 'target' : 'targets'} ${state}`)
}
