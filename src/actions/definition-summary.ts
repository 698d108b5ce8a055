import {mainContainer} from '../ecs/task-definition-edit.js'
import type {ContainerDefinition, TaskDefinition} from '../ecs/task-definitions.js'
import type {MainContainerNames} from './task-summary.js'

/** What a task definition says about the tasks of a service. */
export interface DefinitionSummary {
  readonly container: string | undefined
  readonly image: string | undefined
  readonly command: readonly string[]
  readonly cpu: string | undefined
  readonly memory: string | undefined
  /** X86_64 or ARM64. */
  readonly architecture: string
  readonly taskRole: string | undefined
  readonly executionRole: string | undefined
  /** Of the main container, in clear. */
  readonly environment: Readonly<Record<string, string>>
  /** Of the main container: the parameter or secret that each variable is taken from, never its value. */
  readonly secrets: Readonly<Record<string, string>>
  /** The files in S3 that the main container takes variables from, as ARNs. */
  readonly environmentFiles: readonly string[]
  readonly sidecars: readonly SidecarSummary[]
}

export interface SidecarSummary {
  readonly name: string
  readonly image: string
  /** Whether the task stops with it. */
  readonly essential: boolean
}

/** @param names what tells the main container from the sidecars */
export function summarizeDefinition(definition: TaskDefinition, names: MainContainerNames): DefinitionSummary {
  const main = mainContainer(definition, names)
  return {
    container: main?.name,
    image: main?.image,
    command: main?.command ?? [],
    cpu: definition.cpu,
    memory: definition.memory,
    // A task definition that says nothing runs on x86.
    architecture: definition.runtimePlatform?.cpuArchitecture ?? 'X86_64',
    taskRole: definition.taskRoleArn || undefined,
    executionRole: definition.executionRoleArn || undefined,
    environment: Object.fromEntries((main?.environment ?? []).map(({name = '', value = ''}) => [name, value])),
    secrets: Object.fromEntries((main?.secrets ?? []).map(({name = '', valueFrom = ''}) => [name, valueFrom])),
    environmentFiles: (main?.environmentFiles ?? []).map(({value = ''}) => value),
    sidecars: (definition.containerDefinitions ?? []).filter((container) => container !== main).map(summarizeSidecar),
  }
}

const summarizeSidecar = ({name = '', image = '', essential = true}: ContainerDefinition): SidecarSummary => ({
  name,
  image,
  essential,
})
