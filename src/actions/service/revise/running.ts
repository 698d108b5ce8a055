import type {Service} from '../../../ecs/services.js'
import {mainContainer} from '../../../ecs/task-definition-edit.js'
import type {ContainerDefinition, TaskDefinitionRevision} from '../../../ecs/task-definitions.js'
import {describeTaskDefinition, familyOf} from '../../../ecs/task-definitions.js'
import {AwsError} from '../../../errors/errors.js'
import type {Step} from '../../../plan/step.js'
import {lookUp} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {requireService, requireTaskDefinition} from '../require-service.js'

/** A service as it runs now: what an edit starts from. */
export interface RunningService {
  readonly service: Service
  readonly revision: TaskDefinitionRevision
  /** The latest of the family, where it is another one: perhaps of a run that was stopped before its end. */
  readonly latest: TaskDefinitionRevision | undefined
  /** The container that is meant. */
  readonly container: ContainerDefinition & {readonly name: string}
}

export interface ServiceAndContainer {
  readonly cluster: string
  readonly name: string
  /** A container by name; otherwise the one that the service is about. */
  readonly container?: string | undefined
}

/** Describes a service, the revision that it runs and the latest one of the family: two calls after each other. */
export function runningStep({aws}: Pick<Context, 'aws'>, of: ServiceAndContainer): Step<RunningService> {
  return lookUp({id: 'running', title: `service ${of.name}`, find: () => findRunning(aws, of)})
}

/**
 * What {@link runningStep} finds.
 *
 * @throws AwsError SERVICE_NOT_FOUND, TASK_DEFINITION_NOT_FOUND, NO_CONTAINER or CONTAINER_NOT_FOUND
 */
export async function findRunning(
  aws: Pick<Context['aws'], 'ecs'>,
  {cluster, name, container}: ServiceAndContainer,
): Promise<RunningService> {
  const service = await requireService(aws, cluster, name)
  const [revision, latest] = await Promise.all([
    requireTaskDefinition(aws, service),
    describeTaskDefinition(aws.ecs, familyOf(service.taskDefinition)),
  ])
  return {
    service,
    revision,
    latest: latest?.arn === revision.arn ? undefined : latest,
    container: containerOf(service, revision, container),
  }
}

function containerOf(
  {name, loadBalancers}: Service,
  {arn, taskDefinition}: TaskDefinitionRevision,
  wanted: string | undefined,
): RunningService['container'] {
  const {containerDefinitions = []} = taskDefinition
  const found =
    wanted === undefined
      ? mainContainer(taskDefinition, {loadBalancerContainer: loadBalancers[0]?.containerName, service: name})
      : containerDefinitions.find((container) => container.name === wanted)
  if (found?.name !== undefined) return {...found, name: found.name}
  if (wanted === undefined) throw new AwsError('NO_CONTAINER', `task definition ${arn} has no container`)
  const names = containerDefinitions.flatMap((container) => container.name ?? [])
  throw new AwsError('CONTAINER_NOT_FOUND', `service ${name} has no container ${wanted}`, {
    details: {containers: names},
    hints: names.map((each) => `name one that is there: --container ${each}`),
  })
}
