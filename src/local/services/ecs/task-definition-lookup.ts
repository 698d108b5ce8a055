import type {TaskDefinition} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import type {Scope} from '../../scope.js'
import {clientFault} from './faults.js'
import type {EcsStore} from './store.js'

/** `family`, `family:revision`, or an ARN of either. */
const REFERENCE = /^(?:arn:[^:]+:ecs:([^:]+):([^:]+):task-definition\/)?([^:/]+)(?::(\d+))?$/

/** Finds a task definition; a family alone means its latest ACTIVE revision. */
export function findTaskDefinition(store: EcsStore, scope: Scope, reference: string): TaskDefinitionRecord | undefined {
  const [, region, account, family = '', revision] = REFERENCE.exec(reference) ?? []
  if (region !== undefined && (region !== scope.region || account !== scope.account)) return undefined
  const revisions = store.revisionsOf(scope, family)
  const found =
    revision === undefined
      ? revisions.findLast(({status}) => status === 'ACTIVE')
      : revisions.find((record) => record.revision === Number(revision))
  // Through the map, which notes that the record may change.
  return found && store.taskDefinitions.get(found.taskDefinitionArn)
}

/**
 * The task definition that a service or task is to run.
 *
 * @throws AwsFault ClientException where it does not exist or is not ACTIVE
 */
export function runnableTaskDefinition(store: EcsStore, scope: Scope, reference: string): TaskDefinitionRecord {
  const record = findTaskDefinition(store, scope, reference)
  if (record === undefined) throw clientFault('TaskDefinition not found.')
  if (record.status !== 'ACTIVE') throw clientFault('TaskDefinition is inactive')
  return record
}

/** A task definition as AWS shows it; its tags are shown beside it. */
export function taskDefinitionView(record: TaskDefinitionRecord): TaskDefinition {
  const {deregisteredAt, deleteRequestedAt} = record
  return {
    taskDefinitionArn: record.taskDefinitionArn,
    ...record.registration,
    revision: record.revision,
    status: record.status,
    requiresAttributes: record.requiresAttributes,
    compatibilities: record.compatibilities,
    registeredAt: new Date(record.registeredAt),
    registeredBy: record.registeredBy,
    ...(deregisteredAt === undefined ? {} : {deregisteredAt: new Date(deregisteredAt)}),
    ...(deleteRequestedAt === undefined ? {} : {deleteRequestedAt: new Date(deleteRequestedAt)}),
  }
}
