import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  ClusterServiceConnectDefaults,
  ClusterSetting,
  Tag,
} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import type {SchedulerState} from '../../scheduler/state.js'
import type {Scope} from '../../scope.js'
import {scopeKey} from '../../scope.js'
import type {DocumentChange, StatePart} from '../../state/part.js'
import {RecordMap} from '../../state/record-map.js'
import type {CapacityProviderRecord} from './capacity-provider-records.js'

export interface ClusterRecord {
  readonly scope: Scope
  readonly clusterArn: string
  readonly clusterName: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: ClusterSetting[]
  configuration?: ClusterConfiguration
  capacityProviders: string[]
  defaultCapacityProviderStrategy: CapacityProviderStrategyItem[]
  serviceConnectDefaults?: ClusterServiceConnectDefaults
  tags: Tag[]
  /** Until when a change of the capacity providers is UPDATE_IN_PROGRESS. */
  busyUntil?: number
}

/** A RunTask call that bore a client token. */
export interface RunTaskToken {
  readonly fingerprint: string
  readonly taskArns: string[]
  readonly at: number
}

/** What the local ECS remembers; services and tasks are the scheduler's. A kind of records is a map by ARN or token. */
export class EcsStore implements StatePart {
  readonly depth = 2
  readonly clusters = new RecordMap<ClusterRecord>()
  /** Those of Auto Scaling groups; FARGATE and FARGATE_SPOT are always there. */
  readonly capacityProviders = new RecordMap<CapacityProviderRecord>()
  readonly taskDefinitions = new RecordMap<TaskDefinitionRecord>()
  readonly runTaskTokens = new RecordMap<RunTaskToken>()
  readonly running: SchedulerState
  readonly #families = new Map<string, TaskDefinitionRecord[]>()

  constructor(running: SchedulerState) {
    this.running = running
  }

  addTaskDefinition(record: TaskDefinitionRecord): void {
    this.taskDefinitions.set(record.taskDefinitionArn, record)
    const key = familyKey(record.scope, record.family)
    this.#families.set(key, [...(this.#families.get(key) ?? []), record])
  }

  /** All revisions of a family, in order. */
  revisionsOf(scope: Scope, family: string): readonly TaskDefinitionRecord[] {
    return this.#families.get(familyKey(scope, family)) ?? []
  }

  /** Has `onChange` called whenever a record may have changed. */
  follow(onChange: () => void): void {
    for (const records of Object.values(this.#kinds())) records.follow(onChange)
  }

  snapshot(): Readonly<Record<string, ReadonlyMap<string, unknown>>> {
    return this.#kinds()
  }

  *changes(): Generator<DocumentChange> {
    for (const [kind, records] of Object.entries(this.#kinds())) {
      for (const [key, document] of records.takeTouched()) yield {path: [kind, key], document}
    }
  }

  restore(snapshot: unknown): void {
    const {taskDefinitions = {}, tasks = {}, ...others} = snapshot as Record<string, Record<string, never>>
    for (const [kind, records] of Object.entries(this.#kinds())) {
      for (const [key, record] of Object.entries(others[kind] ?? {})) records.set(key, record)
    }
    for (const record of Object.values(taskDefinitions)) this.addTaskDefinition(record)
    for (const record of Object.values(tasks)) this.running.addTask(record)
  }

  #kinds(): Readonly<Record<string, RecordMap<unknown>>> {
    const {clusters, capacityProviders, taskDefinitions, runTaskTokens} = this
    const {services, tasks, containerInstances} = this.running
    return {clusters, capacityProviders, taskDefinitions, runTaskTokens, containerInstances, services, tasks}
  }
}

const familyKey = (scope: Scope, family: string): string => `${scopeKey(scope)}/${family}`
const inScope = (scope: Scope, record: {readonly scope: Scope}): boolean => scopeKey(scope) === scopeKey(record.scope)

/** The records of one account and region. */
export const recordsOf = <T extends {readonly scope: Scope}>(scope: Scope, records: ReadonlyMap<string, T>): T[] =>
  [...records.values()].filter((record) => inScope(scope, record))
