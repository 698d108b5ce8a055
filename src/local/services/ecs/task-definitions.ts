import type {
  DeleteTaskDefinitionsCommandInput,
  DeleteTaskDefinitionsCommandOutput,
  DeregisterTaskDefinitionCommandInput,
  DeregisterTaskDefinitionCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  Failure,
  RegisterTaskDefinitionCommandInput,
  RegisterTaskDefinitionCommandOutput,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import {
  DeleteTaskDefinitions$,
  DeregisterTaskDefinition$,
  DescribeTaskDefinition$,
  RegisterTaskDefinition$,
} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {globalArn} from '../../scope.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {taskDefinitionArn} from './arns.js'
import type {EcsContext} from './context.js'
import {clientFault, invalidParameter, requireThat} from './faults.js'
import {checkedTags} from './tag-rules.js'
import {attributesOf, compatibilitiesOf} from './task-definition-attributes.js'
import {withDefaults} from './task-definition-defaults.js'
import {taskDefinitionLists} from './task-definition-lists.js'
import {findTaskDefinition, taskDefinitionView} from './task-definition-lookup.js'
import {requireValidTaskDefinition} from './task-definition-rules.js'

const DELETE_LIMIT = 10

export function taskDefinitionOperations(context: EcsContext): Operation[] {
  return [
    operation<RegisterTaskDefinitionCommandInput, RegisterTaskDefinitionCommandOutput>(
      RegisterTaskDefinition$,
      (input, request) => {
        const record = register(context, input, request)
        return {taskDefinition: taskDefinitionView(record), tags: record.tags}
      },
    ),
    operation<DescribeTaskDefinitionCommandInput, DescribeTaskDefinitionCommandOutput>(
      DescribeTaskDefinition$,
      ({taskDefinition = '', include = []}, request) => {
        const record = findTaskDefinition(context.store, request, taskDefinition)
        if (record === undefined) throw clientFault('Unable to describe task definition.')
        const tags = include.includes('TAGS') ? {tags: record.tags} : {}
        return {taskDefinition: taskDefinitionView(record), ...tags}
      },
    ),
    operation<DeregisterTaskDefinitionCommandInput, DeregisterTaskDefinitionCommandOutput>(
      DeregisterTaskDefinition$,
      ({taskDefinition = ''}, request) => {
        requireRevision(taskDefinition)
        const record = findTaskDefinition(context.store, request, taskDefinition)
        if (record === undefined) throw clientFault('The specified task definition does not exist.')
        deregister(record, context.clock.now())
        return {taskDefinition: taskDefinitionView(record)}
      },
    ),
    operation<DeleteTaskDefinitionsCommandInput, DeleteTaskDefinitionsCommandOutput>(
      DeleteTaskDefinitions$,
      ({taskDefinitions = []}, request) => deleteAll(context, taskDefinitions, request),
    ),
    ...taskDefinitionLists(context),
  ]
}

/** Makes the next revision of a family; revision numbers are never used again. */
function register(
  {store, clock}: EcsContext,
  input: RegisterTaskDefinitionCommandInput,
  {account, region}: RequestContext,
): TaskDefinitionRecord {
  const scope = {account, region}
  const registration = withDefaults(input)
  requireValidTaskDefinition(registration)
  const family = registration.family ?? ''
  const revision = (store.revisionsOf(scope, family).at(-1)?.revision ?? 0) + 1
  const record: TaskDefinitionRecord = {
    scope,
    taskDefinitionArn: taskDefinitionArn(scope, family, revision),
    family,
    revision,
    registration,
    compatibilities: compatibilitiesOf(registration),
    requiresAttributes: attributesOf(registration),
    registeredAt: clock.now(),
    registeredBy: globalArn('iam', scope, 'root'),
    status: 'ACTIVE',
    tags: checkedTags(input.tags),
  }
  store.addTaskDefinition(record)
  return record
}

function deregister(record: TaskDefinitionRecord, now: number): void {
  if (record.status !== 'ACTIVE') return
  record.status = 'INACTIVE'
  record.deregisteredAt = now
}

function requireRevision(reference: string): void {
  requireThat(/:\d+$/.test(reference), 'The task definition must be given with its revision.')
}

/** Only INACTIVE revisions can be deleted; they are DELETE_IN_PROGRESS as long as anything runs them, and after. */
function deleteAll(
  {store, clock}: EcsContext,
  references: readonly string[],
  request: RequestContext,
): Omit<DeleteTaskDefinitionsCommandOutput, '$metadata'> {
  if (references.length === 0) throw invalidParameter('Task definitions cannot be empty.')
  requireThat(references.length <= DELETE_LIMIT, `Task definitions cannot have more than ${DELETE_LIMIT} elements.`)
  const taskDefinitions: TaskDefinition[] = []
  const failures: Failure[] = []
  for (const reference of references) {
    requireRevision(reference)
    const record = findTaskDefinition(store, request, reference)
    if (record === undefined) {
      failures.push({
        arn: reference,
        reason: 'TASK_DEFINITION_NOT_FOUND',
        detail: 'The specified task definition does not exist.',
      })
    } else if (record.status === 'ACTIVE') {
      failures.push({
        arn: record.taskDefinitionArn,
        reason: 'INVALID_TASK_DEFINITION_STATUS',
        detail: 'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      })
    } else {
      record.status = 'DELETE_IN_PROGRESS'
      record.deleteRequestedAt ??= clock.now()
      taskDefinitions.push(taskDefinitionView(record))
    }
  }
  return {taskDefinitions, failures}
}
