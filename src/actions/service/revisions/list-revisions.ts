import type {ServiceDeployment} from '../../../ecs/service-deployments.js'
import type {Service} from '../../../ecs/services.js'
import {mainContainer} from '../../../ecs/task-definition-edit.js'
import type {TaskDefinition} from '../../../ecs/task-definitions.js'
import {describeTaskDefinitions, familyOf, listTaskDefinitions, revisionOf} from '../../../ecs/task-definitions.js'
import type {Context} from '../../context.js'
import {requireService} from '../require-service.js'
import {deploymentHistory} from './deployment-history.js'

export interface ListRevisionsOptions {
  readonly cluster: string
  readonly name: string
  /** The most revisions that are shown; what runs is shown in any case. */
  readonly limit: number
  /** Those that are deregistered, too. */
  readonly inactive: boolean
}

export interface RevisionList {
  readonly service: string
  readonly cluster: string
  readonly family: string
  /** Newest first. */
  readonly revisions: readonly RevisionSummary[]
  /** How many of the family there are beside them. */
  readonly more: number
}

export interface RevisionSummary {
  readonly taskDefinition: string
  readonly revision: number
  /** ACTIVE or INACTIVE. */
  readonly status: string
  /** `running`, `deploying`, or `leaving` while another one takes over; undefined for one that is no longer there. */
  readonly role: 'running' | 'deploying' | 'leaving' | undefined
  /** Of the container that the service is about. */
  readonly image: string | undefined
  readonly images: readonly ContainerImage[]
  readonly registeredAt: Date | undefined
  /** The last name of who registered it: a user, or the session of a role. */
  readonly registeredBy: string | undefined
  /** As far as ECS remembers, newest first; undefined where it does not tell. */
  readonly deployments: readonly RevisionDeployment[] | undefined
}

export interface ContainerImage {
  readonly container: string
  readonly image: string
}

export interface RevisionDeployment {
  readonly arn: string
  /** SUCCESSFUL, ROLLBACK_SUCCESSFUL, STOPPED … */
  readonly status: string
  readonly statusReason: string | undefined
  readonly createdAt: Date
  readonly finishedAt: Date | undefined
}

/**
 * The task definitions of a service's family: what they run, who registered them, and how they were deployed.
 *
 * @throws AwsError SERVICE_NOT_FOUND
 */
export async function listRevisions(
  context: Pick<Context, 'aws' | 'output'>,
  {cluster, name, limit, inactive}: ListRevisionsOptions,
): Promise<RevisionList> {
  const {aws} = context
  const service = await requireService(aws, cluster, name)
  const family = familyOf(service.taskDefinition)
  const [history, active, deregistered] = await Promise.all([
    deploymentHistory(context, cluster, name),
    listTaskDefinitions(aws.ecs, family),
    inactive ? listTaskDefinitions(aws.ecs, family, 'INACTIVE') : [],
  ])
  const deployed = service.deployments.map(({taskDefinition}) => taskDefinition)
  const all = [...new Set([...active, ...deregistered, ...deployed])].sort(
    (one, other) => numberOf(other) - numberOf(one),
  )
  const shown = all.filter((arn, index) => index < limit || deployed.includes(arn))
  const definitions = await describeTaskDefinitions(aws.ecs, shown)
  const revisions = shown.flatMap((arn) => {
    const revision = definitions.get(arn)
    return revision === undefined ? [] : [summarize(revision.taskDefinition, arn, service, history)]
  })
  return {service: name, cluster, family, revisions, more: all.length - shown.length}
}

export const numberOf = (arn: string): number => Number(revisionOf(arn))

function summarize(
  definition: TaskDefinition,
  arn: string,
  service: Service,
  history: readonly ServiceDeployment[] | undefined,
): RevisionSummary {
  const {name, loadBalancers} = service
  const main = mainContainer(definition, {loadBalancerContainer: loadBalancers[0]?.containerName, service: name})
  return {
    taskDefinition: arn,
    revision: numberOf(arn),
    status: definition.status ?? 'ACTIVE',
    role: roleOf(service, arn),
    image: main?.image,
    images: (definition.containerDefinitions ?? []).map((each) => ({
      container: each.name ?? '',
      image: each.image ?? '',
    })),
    registeredAt: definition.registeredAt,
    registeredBy: definition.registeredBy === undefined ? undefined : shortIdentity(definition.registeredBy),
    deployments: history
      ?.filter(({taskDefinition}) => taskDefinition === arn)
      .map(({taskDefinition: _, ...deployment}) => deployment),
  }
}

/** `alice` of a user's ARN, `session` of an assumed role's, `root` of an account's own. */
const shortIdentity = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn

function roleOf({deployments}: Service, arn: string): RevisionSummary['role'] {
  const primary = deployments.find(({status}) => status === 'PRIMARY')
  if (primary?.taskDefinition === arn) return primary.rolloutState === 'IN_PROGRESS' ? 'deploying' : 'running'
  return deployments.some(({taskDefinition}) => taskDefinition === arn) ? 'leaving' : undefined
}
