import type {ContainerDefinition, RegisterTaskDefinitionCommandInput, TaskDefinition} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRevision} from './task-definitions.js'

/**
 * What DescribeTaskDefinition answers and RegisterTaskDefinition does not take. Everything else is carried over,
 * members that this program has never heard of included.
 */
const readOnlyMembers = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
] as const

/** The registration that would make an equal revision: every field kept, only AWS's read-only ones left out. */
export function registrationOf({taskDefinition, tags}: TaskDefinitionRevision): RegisterTaskDefinitionCommandInput {
  const copy: Record<string, unknown> = structuredClone(taskDefinition) as Record<string, unknown>
  for (const member of readOnlyMembers) delete copy[member]
  // Only AWS itself sets tags of this prefix, and refuses a registration that has one.
  const own = tags.filter(({key}) => !key?.toLowerCase().startsWith('aws:'))
  // An empty list of tags is refused by ECS.
  if (own.length > 0) copy.tags = structuredClone(own)
  return copy as unknown as RegisterTaskDefinitionCommandInput
}

/**
 * The container of a task definition that a service is about: the one that its load balancer names, else the one
 * with the name of the service, else the only one, else the first essential one.
 */
export function mainContainer(
  {containerDefinitions = []}: Pick<TaskDefinition, 'containerDefinitions'>,
  names: {readonly loadBalancerContainer?: string | undefined; readonly service: string},
): ContainerDefinition | undefined {
  const named = (name: string | undefined) => containerDefinitions.find((container) => container.name === name)
  return (
    (names.loadBalancerContainer === undefined ? undefined : named(names.loadBalancerContainer)) ??
    named(names.service) ??
    containerDefinitions.find(({essential}) => essential !== false) ??
    containerDefinitions[0]
  )
}
