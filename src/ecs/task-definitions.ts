import type {RegisterTaskDefinitionCommandInput, Tag, TaskDefinition} from '@aws-sdk/client-ecs'
import {inBatches, inParallel} from '../aws/batching.js'
import {isAwsError} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import {AwsError} from '../errors/errors.js'
import type {Ecs} from './sdk.js'

export type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput as TaskDefinitionInput,
  TaskDefinition,
} from '@aws-sdk/client-ecs'

/** A revision with its tags: everything that a new revision must carry on. */
export interface TaskDefinitionRevision {
  readonly arn: string
  readonly taskDefinition: TaskDefinition
  readonly tags: readonly Tag[]
}

/** Describes a task definition by ARN, `family` (its latest revision) or `family:revision`; `undefined` when absent. */
export async function describeTaskDefinition(ecs: Ecs, name: string): Promise<TaskDefinitionRevision | undefined> {
  try {
    const {taskDefinition = {}, tags = []} = await ecs('DescribeTaskDefinition', {
      taskDefinition: name,
      include: ['TAGS'],
    })
    return {arn: taskDefinition.taskDefinitionArn ?? '', taskDefinition, tags}
  } catch (error) {
    // ECS answers ClientException "Unable to describe task definition." for a family or revision that does not exist.
    if (isAwsError(error, 'ClientException') && /Unable to describe task definition/.test(error.message))
      return undefined
    throw error
  }
}

/** Describes several revisions, each once; ECS has no batch operation for it. */
export async function describeTaskDefinitions(
  ecs: Ecs,
  arns: readonly string[],
): Promise<Map<string, TaskDefinitionRevision>> {
  const distinct = [...new Set(arns)]
  const revisions = await inParallel(distinct, (arn) => describeTaskDefinition(ecs, arn))
  return new Map(revisions.flatMap((revision, index) => (revision ? [[distinct[index] ?? '', revision]] : [])))
}

/** Registers a new revision and answers its ARN. */
export async function registerTaskDefinition(ecs: Ecs, input: RegisterTaskDefinitionCommandInput): Promise<string> {
  const {taskDefinition} = await ecs('RegisterTaskDefinition', input)
  return taskDefinition?.taskDefinitionArn ?? ''
}

/**
 * The ARNs of a family's revisions: those that can be run, or those that are deregistered and not yet deleted.
 * `familyPrefix` alone would match longer names too.
 */
export async function listTaskDefinitions(
  ecs: Ecs,
  family: string,
  status: 'ACTIVE' | 'INACTIVE' = 'ACTIVE',
): Promise<string[]> {
  const arns = await collect(
    (nextToken) => ecs('ListTaskDefinitions', {familyPrefix: family, status, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.taskDefinitionArns,
  )
  return arns.filter((arn) => familyOf(arn) === family)
}

const deleteTaskDefinitionsLimit = 10

/**
 * Deregisters revisions and deletes them, as well as those that are deregistered already; running tasks keep theirs
 * (ECS finishes the deletion when they stop).
 */
export async function deleteTaskDefinitions(
  ecs: Ecs,
  active: readonly string[],
  inactive: readonly string[] = [],
): Promise<void> {
  await inParallel(active, (taskDefinition) => ecs('DeregisterTaskDefinition', {taskDefinition}))
  await inBatches([...inactive, ...active], deleteTaskDefinitionsLimit, async (taskDefinitions) => {
    const {failures = []} = await ecs('DeleteTaskDefinitions', {taskDefinitions})
    const [failure] = failures
    if (failure !== undefined) {
      throw new AwsError('DELETE_FAILED', `ECS cannot delete task definition ${failure.arn}: ${failure.reason}`, {
        details: {failures},
      })
    }
    return []
  })
}

/** `web` of `arn:aws:ecs:…:task-definition/web:3`, of `web:3` and of `web`. */
export const familyOf = (arn: string): string => (arn.split('/').at(-1) ?? '').replace(/:\d+$/, '')

/** `3` of `arn:aws:ecs:…:task-definition/web:3`. */
export const revisionOf = (arn: string): string => /:(\d+)$/.exec(arn)?.[1] ?? ''

/** `web:3` of `arn:aws:ecs:…:task-definition/web:3`. */
export const familyAndRevision = (arn: string): string => arn.split('/').at(-1) ?? arn
