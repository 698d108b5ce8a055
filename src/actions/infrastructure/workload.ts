import type {Capacity, Compatibility} from '../../lib/capacity.js'
import type {EnvironmentVariable} from '../../lib/environment-variable.js'
import type {WorkloadKind} from '../../lib/resource-names.js'
import {logGroupName, repositoryName, taskDefinitionFamily} from '../../lib/resource-names.js'
import type {SecretReference} from '../../lib/secret-reference.js'
import type {Step} from '../../plan/step.js'
import {known, lookUp} from '../../plan/step.js'
import type {Context} from '../context.js'
import type {Tags} from '../tags.js'
import type {BuildSource} from './build-source.js'
import type {Architecture} from './image.js'
import {imageStep} from './image.js'
import {taskDefinitionInput, taskDefinitionStep} from './task-definition.js'

/** What a new service and a new task group are asked for alike; every value is valid by itself. */
export interface WorkloadOptions {
  readonly cluster: string
  readonly name: string
  /** An image reference, or how to build one. */
  readonly image: string | BuildSource
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  readonly architecture: Architecture
  /** Where the task definition can run. */
  readonly compatibility: Compatibility
  readonly capacity: Capacity
  readonly environment: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretReference[]
  readonly command?: readonly string[] | undefined
  /** Name or ARN. */
  readonly taskRole?: string | undefined
  readonly count: number
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
  readonly assignPublicIp: boolean
  readonly ephemeralStorageGib?: number | undefined
  readonly logRetentionDays?: number | 'never' | undefined
  readonly tags: Tags
  readonly dryRun: boolean
}

type WorkloadContext = Pick<Context, 'aws' | 'docker' | 'git' | 'clock' | 'output'>

/** The image as it is given, or built from its folder. */
export function workloadImageStep(
  context: WorkloadContext,
  {image, name, architecture}: WorkloadOptions,
  tags: Tags,
): Step<string> {
  if (typeof image === 'string') return known('image', image)
  return imageStep(context, {
    repositoryName: repositoryName(name),
    source: image,
    architecture: known('architecture', architecture),
    tags,
  })
}

export interface NewTaskDefinition {
  readonly kind: WorkloadKind
  readonly image: Step<string>
  readonly executionRole: Step<string>
  readonly containerPort: number | undefined
  readonly tags: Tags
}

/** The task definition of a new service or task group: one container, named as that. */
export function workloadTaskDefinitionStep(
  context: Pick<Context, 'aws'>,
  options: WorkloadOptions,
  {kind, image, executionRole, containerPort, tags}: NewTaskDefinition,
): Step<string> {
  const {name} = options
  const family = taskDefinitionFamily(kind, name)
  const region = lookUp({id: 'region', title: 'region', find: () => context.aws.region()})
  return taskDefinitionStep(context, family, {image, executionRole, region}, (values) => {
    const {image: reference, executionRole: executionRoleArn, region: regionName} = values
    if (reference === undefined || executionRoleArn === undefined || regionName === undefined) return undefined
    return taskDefinitionInput({
      ...options,
      ...{family, executionRoleArn, containerPort, tags},
      container: name,
      image: reference,
      taskRole: options.taskRole,
      command: options.command,
      ephemeralStorageGib: options.ephemeralStorageGib,
      logGroup: logGroupName(kind, name),
      region: regionName,
    })
  })
}
