import type {
  CreateServiceCommandInput,
  CreateServiceCommandOutput,
  DeleteServiceCommandInput,
  DeleteServiceCommandOutput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput,
} from '@aws-sdk/client-ecs'
import {CreateService$, DeleteService$, DescribeServices$, ListServices$, UpdateService$} from '@aws-sdk/client-ecs'
import type {ServiceRecord} from '../../scheduler/records.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {serviceReference} from './arns.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {createService} from './create-service.js'
import {requireThat, serviceNotFound} from './faults.js'
import {page} from './paging.js'
import {serviceView} from './service-view.js'
import {updateService} from './update-service.js'

const DESCRIBE_LIMIT = 10
const LIST_DEFAULT = 10

export function serviceOperations(context: EcsContext): Operation[] {
  return [
    operation<CreateServiceCommandInput, CreateServiceCommandOutput>(CreateService$, (input, request) =>
      createService(context, input, request),
    ),
    operation<UpdateServiceCommandInput, UpdateServiceCommandOutput>(UpdateService$, (input, request) =>
      updateService(context, input, request),
    ),
    operation<DescribeServicesCommandInput, DescribeServicesCommandOutput>(DescribeServices$, (input, request) =>
      describeServices(context, input, request),
    ),
    operation<ListServicesCommandInput, ListServicesCommandOutput>(ListServices$, (input, request) =>
      listServices(context, input, request),
    ),
    operation<DeleteServiceCommandInput, DeleteServiceCommandOutput>(DeleteService$, (input, request) =>
      deleteService(context, input, request),
    ),
  ]
}

function describeServices(
  context: EcsContext,
  {cluster: reference, services = [], include = []}: DescribeServicesCommandInput,
  request: RequestContext,
): Omit<DescribeServicesCommandOutput, '$metadata'> {
  const cluster = activeCluster(context.store, request, reference)
  requireThat(services.length > 0, 'Services cannot be empty.')
  requireThat(services.length <= DESCRIBE_LIMIT, `Services cannot have more than ${DESCRIBE_LIMIT} elements.`)
  const arns = services.map((service) => serviceReference(cluster.scope, cluster.clusterName, service))
  const find = (arn: string): ServiceRecord | undefined => {
    const service = context.store.running.services.get(arn)
    return service?.clusterArn === cluster.clusterArn ? service : undefined
  }
  const found = arns.map(find).filter((service) => service !== undefined)
  return {
    services: found.map((service) => serviceView(context, service, {tags: include.includes('TAGS')})),
    failures: arns.filter((arn) => find(arn) === undefined).map((arn) => ({arn, reason: 'MISSING'})),
  }
}

/** Lists the ACTIVE services of a cluster, ten to a page unless told. */
function listServices(
  {store}: EcsContext,
  input: ListServicesCommandInput,
  request: RequestContext,
): Omit<ListServicesCommandOutput, '$metadata'> {
  const cluster = activeCluster(store, request, input.cluster)
  const {launchType, schedulingStrategy} = input
  const arns = [...store.running.services.values()]
    .filter(({clusterArn, status}) => clusterArn === cluster.clusterArn && status === 'ACTIVE')
    .filter(({spec}) => launchType === undefined || spec.launchType === launchType)
    .filter(() => schedulingStrategy !== 'DAEMON' && input.resourceManagementType !== 'ECS')
    .map(({serviceArn}) => serviceArn)
  const {items, ...next} = page(arns, (arn) => arn, input, LIST_DEFAULT)
  return {serviceArns: items, ...next}
}

/** Deletes a service: it is DRAINING until its tasks have stopped, then INACTIVE. */
function deleteService(
  context: EcsContext,
  input: DeleteServiceCommandInput,
  request: RequestContext,
): Omit<DeleteServiceCommandOutput, '$metadata'> {
  const {store, scheduler} = context
  const cluster = activeCluster(store, request, input.cluster)
  const service = store.running.services.get(serviceReference(cluster.scope, cluster.clusterName, input.service ?? ''))
  if (service === undefined || service.status === 'INACTIVE' || service.clusterArn !== cluster.clusterArn) {
    throw serviceNotFound()
  }
  requireThat(
    input.force === true || service.desiredCount === 0,
    'The service cannot be stopped while it is scaled above 0.',
  )
  if (service.status === 'ACTIVE') scheduler.drainService(service)
  return {service: serviceView(context, service, {tags: false})}
}
