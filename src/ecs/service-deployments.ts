import type {ServiceDeploymentBrief} from '@aws-sdk/client-ecs'
import {inBatches} from '../aws/batching.js'
import {collect} from '../aws/paging.js'
import {AwsError} from '../errors/errors.js'
import type {Ecs} from './sdk.js'

/** One rollout of a service, as ECS remembers it for 90 days. */
export interface ServiceDeployment {
  readonly arn: string
  /** PENDING, IN_PROGRESS, SUCCESSFUL, STOPPED, STOP_REQUESTED, or ROLLBACK_ and how far that is. */
  readonly status: string
  readonly statusReason: string | undefined
  /** What was to run; undefined where ECS has forgotten the service revision. */
  readonly taskDefinition: string | undefined
  readonly createdAt: Date
  readonly finishedAt: Date | undefined
}

const describeServiceRevisionsLimit = 20

/** The deployments of a service, newest first. */
export async function listServiceDeployments(ecs: Ecs, cluster: string, service: string): Promise<ServiceDeployment[]> {
  const briefs = await collect(
    (nextToken) => ecs('ListServiceDeployments', {cluster, service, maxResults: 100, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.serviceDeployments,
  )
  const targets = briefs.flatMap(({targetServiceRevisionArn}) => targetServiceRevisionArn ?? [])
  const taskDefinitions = await taskDefinitionsOf(ecs, [...new Set(targets)])
  return briefs
    .map((brief) => narrow(brief, taskDefinitions))
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
}

/** The task definitions of service revisions, by the ARN of these. */
async function taskDefinitionsOf(ecs: Ecs, arns: readonly string[]): Promise<Map<string, string>> {
  const revisions = await inBatches(arns, describeServiceRevisionsLimit, async (serviceRevisionArns) => {
    const answer = await ecs('DescribeServiceRevisions', {serviceRevisionArns})
    const failure = answer.failures?.find(({reason}) => reason !== 'MISSING')
    if (failure !== undefined) {
      throw new AwsError('DESCRIBE_FAILED', `ECS cannot describe service revision ${failure.arn}: ${failure.reason}`, {
        details: {failures: answer.failures},
      })
    }
    return answer.serviceRevisions ?? []
  })
  return new Map(
    revisions.flatMap(({serviceRevisionArn, taskDefinition}): [string, string][] =>
      serviceRevisionArn === undefined || taskDefinition === undefined ? [] : [[serviceRevisionArn, taskDefinition]],
    ),
  )
}

function narrow(brief: ServiceDeploymentBrief, taskDefinitions: ReadonlyMap<string, string>): ServiceDeployment {
  return {
    arn: brief.serviceDeploymentArn ?? '',
    status: brief.status ?? '',
    statusReason: brief.statusReason,
    taskDefinition: taskDefinitions.get(brief.targetServiceRevisionArn ?? ''),
    createdAt: brief.createdAt ?? new Date(0),
    finishedAt: brief.finishedAt,
  }
}
