import type {Service} from '../../ecs/services.js'
import {describeServices, listServices} from '../../ecs/services.js'
import {mainContainer} from '../../ecs/task-definition-edit.js'
import type {TaskDefinition} from '../../ecs/task-definitions.js'
import {describeTaskDefinitions} from '../../ecs/task-definitions.js'
import {loadBalancersByArn} from '../../elbv2/load-balancers.js'
import type {Elbv2} from '../../elbv2/sdk.js'
import {targetGroupsByArn} from '../../elbv2/target-groups.js'
import type {Context} from '../context.js'

export interface ServiceSummary {
  readonly name: string
  readonly arn: string
  readonly status: string
  /** Of its main container. */
  readonly image: string | undefined
  readonly cpu: string | undefined
  readonly memory: string | undefined
  /** By name; none where the target group, or its load balancer, is gone. */
  readonly loadBalancers: readonly string[]
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
}

export interface ServiceList {
  readonly cluster: string
  readonly services: readonly ServiceSummary[]
}

/** The services of a cluster by name; none where the cluster does not exist. */
export async function listServiceSummaries(
  {aws}: Pick<Context, 'aws'>,
  {cluster}: {readonly cluster: string},
): Promise<ServiceList> {
  const described = await describeServices(aws.ecs, cluster, await listServices(aws.ecs, cluster))
  // One can be deleted between the two calls.
  const services = described.filter(({status}) => status !== 'INACTIVE')
  const [revisions, loadBalancers] = await Promise.all([
    describeTaskDefinitions(
      aws.ecs,
      services.map(({taskDefinition}) => taskDefinition),
    ),
    loadBalancerNames(aws.elbv2, services),
  ])
  const summaries = services.map((service) =>
    summarize(service, revisions.get(service.taskDefinition)?.taskDefinition, loadBalancers),
  )
  return {cluster, services: summaries.sort((one, other) => (one.name < other.name ? -1 : 1))}
}

function summarize(
  service: Service,
  definition: TaskDefinition | undefined,
  loadBalancers: ReadonlyMap<string, readonly string[]>,
): ServiceSummary {
  const {name, arn, status, taskDefinition, desiredCount, runningCount, pendingCount} = service
  const names = {service: name, loadBalancerContainer: service.loadBalancers[0]?.containerName}
  const balancers = service.loadBalancers.flatMap(({targetGroupArn = '', loadBalancerName}) =>
    // A Classic Load Balancer stands in the service by name.
    loadBalancerName === undefined ? (loadBalancers.get(targetGroupArn) ?? []) : [loadBalancerName],
  )
  return {
    name,
    arn,
    status,
    image: definition && mainContainer(definition, names)?.image,
    cpu: definition?.cpu,
    memory: definition?.memory,
    loadBalancers: [...new Set(balancers)],
    taskDefinition,
    desiredCount,
    runningCount,
    pendingCount,
  }
}

/** The names of the load balancers behind each target group of the services. */
async function loadBalancerNames(elbv2: Elbv2, services: readonly Service[]): Promise<Map<string, string[]>> {
  const arns = services.flatMap(({loadBalancers}) => loadBalancers.flatMap(({targetGroupArn}) => targetGroupArn ?? []))
  const groups = [...(await targetGroupsByArn(elbv2, arns)).values()]
  const loadBalancers = await loadBalancersByArn(
    elbv2,
    groups.flatMap(({loadBalancerArns}) => [...loadBalancerArns]),
  )
  return new Map(
    groups.map(({arn, loadBalancerArns}) => [
      arn,
      loadBalancerArns.flatMap((each) => loadBalancers.get(each)?.name ?? []),
    ]),
  )
}
