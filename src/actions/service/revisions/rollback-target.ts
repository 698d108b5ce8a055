import type {ServiceDeployment} from '../../../ecs/service-deployments.js'
import type {Service} from '../../../ecs/services.js'
import {primaryDeployment} from '../../../ecs/services.js'
import type {TaskDefinitionRevision} from '../../../ecs/task-definitions.js'
import {
  describeTaskDefinition,
  familyAndRevision,
  familyOf,
  listTaskDefinitions,
} from '../../../ecs/task-definitions.js'
import {AwsError, UsageError} from '../../../errors/errors.js'
import {lastNameOf} from '../../../lib/arn.js'
import type {Context} from '../../context.js'
import {deploymentHistory} from './deployment-history.js'
import {numberOf} from './list-revisions.js'

export interface RollbackTarget {
  readonly revision: TaskDefinitionRevision
  /** Why nothing is to be done although no revision was named. */
  readonly already: string | undefined
}

/**
 * The revision to go back to: the one that is named, or else the last one that ran successfully before the present one.
 * Where ECS is going back already, or has done so by itself, that is it.
 *
 * @param wanted `3`, `service_web:3` or an ARN
 * @throws UsageError REVISION_INVALID for one of another family
 * @throws AwsError REVISION_NOT_FOUND for one that does not exist or is deregistered, and NO_EARLIER_REVISION
 */
export async function findRollbackTarget(
  context: Pick<Context, 'aws' | 'output'>,
  {cluster, service, wanted}: {cluster: string; service: Service; wanted: string | undefined},
): Promise<RollbackTarget> {
  const {aws} = context
  const family = familyOf(service.taskDefinition)
  if (wanted !== undefined) {
    return {revision: await describeActive(aws, namedRevision(wanted, family), service.name), already: undefined}
  }
  const [history, active] = await Promise.all([
    deploymentHistory(context, cluster, service.name),
    listTaskDefinitions(aws.ecs, family),
  ])
  const present = service.taskDefinition
  const already = history && goneBack(service, history)
  const earlier = already === undefined ? earlierRevision(present, active, history) : present
  if (earlier === undefined) {
    throw new AwsError('NO_EARLIER_REVISION', `no earlier revision of service ${service.name} has run successfully`, {
      details: {service: service.name, taskDefinition: present},
      hints: [
        `see what there is: fargate service revisions ${service.name}`,
        `name one: fargate service rollback ${service.name} <revision>`,
      ],
    })
  }
  return {revision: await describeActive(aws, earlier, service.name), already}
}

function namedRevision(wanted: string, family: string): string {
  if (/^[0-9]+$/.test(wanted)) return `${family}:${Number(wanted)}`
  const named = familyOf(wanted)
  if (named === family) return wanted
  throw new UsageError(
    'REVISION_INVALID',
    `revision ${wanted} is of the family ${named}, and the service runs ${family}`,
    {
      hints: ['name a revision of that family, or its number alone'],
    },
  )
}

async function describeActive(
  {ecs}: Pick<Context['aws'], 'ecs'>,
  name: string,
  service: string,
): Promise<TaskDefinitionRevision> {
  const revision = await describeTaskDefinition(ecs, name)
  const status = revision?.taskDefinition.status ?? 'ACTIVE'
  if (revision !== undefined && status === 'ACTIVE') return revision
  const what =
    revision === undefined ? 'does not exist' : `is deregistered (${status}), so that no task can be started from it`
  throw new AwsError('REVISION_NOT_FOUND', `task definition ${familyAndRevision(name)} ${what}`, {
    details: {service, taskDefinition: name},
    hints: [`see what there is: fargate service revisions ${service}`],
  })
}

/** ECS lists the deployment that failed, and makes none of its own for the way back. */
function goneBack(service: Service, history: readonly ServiceDeployment[]): string | undefined {
  const [newest] = history
  const to = familyAndRevision(service.taskDefinition)
  if (newest === undefined) return undefined
  const wentBack = newest.status.startsWith('ROLLBACK_') && newest.taskDefinition !== service.taskDefinition
  if (wentBack && newest.status !== 'ROLLBACK_FAILED') {
    const from = newest.taskDefinition === undefined ? '' : ` from ${familyAndRevision(newest.taskDefinition)}`
    return `ECS has gone back${from} to ${to} by itself (deployment ${lastNameOf(newest.arn)})`
  }
  const primary = primaryDeployment(service)
  const ranBefore = history.some((each) => each.taskDefinition === service.taskDefinition && isSuccess(each))
  const leaves = service.deployments.some((each) => numberOf(each.taskDefinition) > numberOf(primary.taskDefinition))
  const isUnderWay = primary.rolloutState === 'IN_PROGRESS' && ranBefore && leaves
  return isUnderWay ? `service ${service.name} is on its way back to ${to} (deployment ${primary.id})` : undefined
}

const isSuccess = ({status}: ServiceDeployment): boolean => status === 'SUCCESSFUL'

function earlierRevision(
  present: string,
  active: readonly string[],
  history: readonly ServiceDeployment[] | undefined,
): string | undefined {
  const before = active.filter((arn) => numberOf(arn) < numberOf(present))
  if (history === undefined) return before.sort((one, other) => numberOf(other) - numberOf(one))[0]
  // Newest first: what is older than the first deployment of the present revision.
  const first = history.findLastIndex(({taskDefinition}) => taskDefinition === present)
  const older = history.slice(first + 1)
  return older.find((each) => isSuccess(each) && active.includes(each.taskDefinition ?? ''))?.taskDefinition
}
