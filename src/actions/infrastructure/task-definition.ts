import {registrationOf} from '../../ecs/task-definition-edit.js'
import {sameTaskDefinition} from '../../ecs/task-definition-equality.js'
import type {TaskDefinitionInput} from '../../ecs/task-definitions.js'
import {describeTaskDefinition, registerTaskDefinition} from '../../ecs/task-definitions.js'
import type {Compatibility} from '../../lib/capacity.js'
import {requiredCompatibilities} from '../../lib/capacity.js'
import type {EnvironmentVariable} from '../../lib/environment-variable.js'
import {logStreamPrefix} from '../../lib/resource-names.js'
import type {SecretReference} from '../../lib/secret-reference.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Context} from '../context.js'
import type {Tags} from '../tags.js'
import {lowerCaseTags} from '../tags.js'
import type {Architecture} from './image.js'

/** A task of one container, as this program lays it out. */
export interface TaskDefinitionOptions {
  readonly family: string
  readonly container: string
  readonly image: string
  readonly executionRoleArn: string
  readonly taskRole: string | undefined
  readonly cpu: number
  readonly memory: number
  readonly architecture: Architecture
  readonly compatibility: Compatibility
  readonly environment: readonly EnvironmentVariable[]
  readonly secrets: readonly SecretReference[]
  readonly command: readonly string[] | undefined
  readonly containerPort: number | undefined
  readonly ephemeralStorageGib: number | undefined
  readonly logGroup: string
  readonly region: string
  readonly tags: Tags
}

/** The registration of a task definition with one container that logs to CloudWatch Logs. */
export function taskDefinitionInput(options: TaskDefinitionOptions): TaskDefinitionInput {
  const {command, containerPort, ephemeralStorageGib, taskRole, secrets} = options
  const environment = options.environment.map(({name, value}) => ({name, value}))
  return {
    family: options.family,
    cpu: String(options.cpu),
    memory: String(options.memory),
    networkMode: 'awsvpc',
    requiresCompatibilities: requiredCompatibilities(options.compatibility),
    executionRoleArn: options.executionRoleArn,
    ...(taskRole !== undefined && {taskRoleArn: taskRole}),
    runtimePlatform: {
      cpuArchitecture: options.architecture === 'arm64' ? 'ARM64' : 'X86_64',
      operatingSystemFamily: 'LINUX',
    },
    ...(ephemeralStorageGib !== undefined && {ephemeralStorage: {sizeInGiB: ephemeralStorageGib}}),
    containerDefinitions: [
      {
        name: options.container,
        image: options.image,
        essential: true,
        ...(command !== undefined && {command: [...command]}),
        ...(environment.length > 0 && {environment}),
        ...(secrets.length > 0 && {secrets: secrets.map(({name, valueFrom}) => ({name, valueFrom}))}),
        ...(containerPort !== undefined && {portMappings: [{containerPort, protocol: 'tcp' as const}]}),
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': options.logGroup,
            'awslogs-region': options.region,
            'awslogs-stream-prefix': logStreamPrefix,
          },
        },
      },
    ],
    tags: lowerCaseTags(options.tags),
  }
}

/**
 * Registers a task definition unless the family's latest revision is equal to it: AWS allows one registration per
 * second, and a command that runs again should leave nothing new behind. Answers the ARN.
 */
export function taskDefinitionStep<Of extends Record<string, Step<unknown>>>(
  {aws}: Pick<Context, 'aws'>,
  family: string,
  needs: Of,
  input: (
    needs: {readonly [Name in keyof Of]: Of[Name] extends Step<infer Value> ? Value | undefined : never},
  ) => TaskDefinitionInput | undefined,
): Step<string> {
  return step<string, Of>({
    id: 'task-definition',
    title: `task definition ${family}`,
    needs,
    look: async (looked) => {
      const wanted = input(looked as never)
      const latest = await describeTaskDefinition(aws.ecs, family)
      if (wanted === undefined || latest === undefined) return {state: 'absent'}
      if (sameTaskDefinition(wanted, registrationOf(latest))) return {state: 'present', value: latest.arn}
      return {state: 'absent', detail: `revision ${(latest.taskDefinition.revision ?? 0) + 1}`}
    },
    apply: (applied) => {
      const wanted = input(applied as never)
      if (wanted === undefined) throw new Error('the needs of a task definition are applied before it')
      return registerTaskDefinition(aws.ecs, wanted)
    },
  })
}
