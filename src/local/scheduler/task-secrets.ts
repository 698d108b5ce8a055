import type {ContainerDefinition} from '@aws-sdk/client-ecs'
import type {SecretsPort, SecretsResolution} from '../ports.js'
import type {TaskDefinitionRecord, TaskRecord} from './records.js'

/** Values of secrets by the reference that a task definition has for them. */
export type SecretValues = ReadonlyMap<string, string>

export const noSecrets: SecretValues = new Map()

/** Fetches all secrets of a task: those of its containers and those of their log drivers. */
export function resolveSecrets(
  port: SecretsPort,
  task: TaskRecord,
  {registration}: TaskDefinitionRecord,
): SecretsResolution {
  const containers: readonly ContainerDefinition[] = registration.containerDefinitions ?? []
  const secrets = containers.flatMap(({secrets, logConfiguration}) => [
    ...(secrets ?? []),
    ...(logConfiguration?.secretOptions ?? []),
  ])
  const references = [...new Set(secrets.flatMap(({valueFrom}) => valueFrom ?? []))]
  return references.length === 0 ? {outcome: 'resolved', values: noSecrets} : port.resolve(task.scope, references)
}

/** The environment variables that a container's secrets become. */
export const secretVariables = (values: SecretValues, {secrets}: ContainerDefinition): Record<string, string> =>
  Object.fromEntries(
    (secrets ?? []).flatMap(({name = '', valueFrom = ''}) => {
      const value = values.get(valueFrom)
      return value === undefined ? [] : [[name, value]]
    }),
  )
