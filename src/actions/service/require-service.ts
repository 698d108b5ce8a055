import type {AwsClients} from '../../aws/clients.js'
import type {Service} from '../../ecs/services.js'
import {describeService} from '../../ecs/services.js'
import type {TaskDefinitionRevision} from '../../ecs/task-definitions.js'
import {describeTaskDefinition} from '../../ecs/task-definitions.js'
import {AwsError} from '../../errors/errors.js'

type Aws = Pick<AwsClients, 'ecs'>

/**
 * A service that can be worked with.
 *
 * @throws AwsError SERVICE_NOT_FOUND for one that does not exist, is INACTIVE, or is DRAINING
 */
export async function requireService(aws: Aws, cluster: string, name: string): Promise<Service> {
  const service = await describeService(aws.ecs, cluster, name)
  if (service?.status === 'ACTIVE') return service
  const what = service?.status === 'DRAINING' ? 'is being deleted' : 'does not exist'
  throw new AwsError('SERVICE_NOT_FOUND', `service ${name} ${what} in cluster ${cluster}`, {
    details: {service: name, cluster},
    hints: [`see what there is: fargate service list --cluster ${cluster}`],
  })
}

/** The task definition that a service runs. */
export async function requireTaskDefinition(aws: Aws, service: Service): Promise<TaskDefinitionRevision> {
  const revision = await describeTaskDefinition(aws.ecs, service.taskDefinition)
  if (revision !== undefined) return revision
  throw new AwsError(
    'TASK_DEFINITION_NOT_FOUND',
    `task definition ${service.taskDefinition} of service ${service.name} does not exist`,
  )
}
