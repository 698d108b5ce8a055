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

/** What the local ECS remembers; services and tasks are the scheduler's. */
export class EcsStore {
  readonly clusters = new Map<string, ClusterRecord>()
  /** Those of Auto Scaling groups; FARGATE and FARGATE_SPOT are always there. */
  readonly capacityProviders = new Map<string, CapacityProviderRecord>()
  readonly taskDefinitions = new Map<string, TaskDefinitionRecord>()
  readonly runTaskTokens = new Map<string, RunTaskToken>()
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
}

const familyKey = (scope: Scope, family: string): string => `${scopeKey(scope)}/${family}`
const inScope = (scope: Scope, record: {readonly scope: Scope}): boolean => scopeKey(scope) === scopeKey(record.scope)

/** The records of one account and region. */
export const recordsOf = <T extends {readonly scope: Scope}>(scope: Scope, records: ReadonlyMap<string, T>): T[] =>
  [...records.values()].filter((record) => inScope(scope, record))
