import type {ContainerDefinition} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {fargateProblem} from './fargate-rules.js'
import {clientFault} from './faults.js'

type Registration = TaskDefinitionRecord['registration']
type Rule = (registration: Registration) => string | undefined

const FAMILY = /^[a-zA-Z0-9_-]{1,255}$/
const CONTAINER_LIMIT = 10
const SIZE_LIMIT_BYTES = 65_536

const containersOf = ({containerDefinitions}: Registration): readonly ContainerDefinition[] =>
  containerDefinitions ?? []
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The first of a task's containers that breaks a rule, in the words of the rule. */
const eachContainer =
  (check: (container: ContainerDefinition, registration: Registration) => string | undefined): Rule =>
  (registration) =>
    containersOf(registration)
      .map((container) => check(container, registration))
      .find((problem) => problem !== undefined)

const RULES: readonly Rule[] = [
  ({family = ''}) => (family === '' ? 'Family should not be null or empty.' : undefined),
  ({family = ''}) => (FAMILY.test(family) ? undefined : 'Family contains invalid characters.'),
  (registration) => (containersOf(registration).length === 0 ? 'Container list cannot be empty.' : undefined),
  (registration) =>
    containersOf(registration).length > CONTAINER_LIMIT
      ? `Task definition can have a maximum of ${CONTAINER_LIMIT} containers.`
      : undefined,
  eachContainer(({name = ''}) => (name === '' ? 'Container.name should not be null or empty.' : undefined)),
  eachContainer(({name = ''}) => (FAMILY.test(name) ? undefined : 'Container.name contains invalid characters.')),
  eachContainer(({image = ''}) => (image === '' ? 'Container.image should not be null or empty.' : undefined)),
  (registration) => {
    const names = containersOf(registration).map(({name}) => name)
    return new Set(names).size === names.length ? undefined : 'Container names must be unique in a task definition.'
  },
  (registration) =>
    containersOf(registration).some(({essential}) => essential !== false)
      ? undefined
      : 'Task definition must have at least one essential container.',
  hostPortsMatch,
  memoryIsSet,
  containersFit,
  (registration) => {
    const needsRole = containersOf(registration).some(({secrets = []}) => (secrets ?? []).length > 0)
    return needsRole && registration.executionRoleArn === undefined
      ? "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
      : undefined
  },
  eachContainer(({environment, secrets}) => {
    const names = [...(environment ?? []), ...(secrets ?? [])].map(({name}) => name)
    const shared = (secrets ?? []).find(({name}) => names.indexOf(name) !== names.lastIndexOf(name))
    return shared === undefined
      ? undefined
      : 'The secret name must be unique and not shared with any new or existing environment variables set on the' +
          ` container, such as '${shared.name}'.`
  }),
  (registration) => {
    const length = Buffer.byteLength(JSON.stringify(registration))
    return length > SIZE_LIMIT_BYTES
      ? `Actual length: '${length}'. Max allowed length is '${SIZE_LIMIT_BYTES}' bytes.`
      : undefined
  },
]

function hostPortsMatch(registration: Registration): string | undefined {
  if (registration.networkMode !== 'awsvpc') return undefined
  const mappings = containersOf(registration).flatMap(({portMappings = []}) => portMappings ?? [])
  const differ = mappings.some(
    ({containerPort, hostPort}) => hostPort !== undefined && containerPort !== undefined && hostPort !== containerPort,
  )
  return differ ? 'When networkMode=awsvpc, the host ports and container ports in port mappings must match.' : undefined
}

function memoryIsSet(registration: Registration): string | undefined {
  if (registration.memory !== undefined || registration.requiresCompatibilities?.includes('FARGATE')) return undefined
  const lacking = containersOf(registration).find(
    ({memory, memoryReservation}) => memory === undefined && memoryReservation === undefined,
  )
  return lacking === undefined
    ? undefined
    : `Invalid setting for container '${lacking.name}'. At least one of 'memory' or 'memoryReservation' must be specified.`
}

/** The containers together need at most what the task has. */
function containersFit(registration: Registration): string | undefined {
  const containers = containersOf(registration)
  const cpu = sum(containers.map((container) => container.cpu ?? 0))
  if (registration.cpu !== undefined && cpu > Number(registration.cpu)) return "Invalid 'cpu' setting for task."
  const memory = sum(containers.map((container) => container.memoryReservation ?? container.memory ?? 0))
  return registration.memory !== undefined && memory > Number(registration.memory)
    ? "Invalid 'memory' setting for task."
    : undefined
}

/**
 * Checks a task definition, defaults filled in, as RegisterTaskDefinition does.
 *
 * @throws AwsFault ClientException with AWS's words
 */
export function requireValidTaskDefinition(registration: Registration): void {
  for (const rule of RULES) {
    const problem = rule(registration)
    if (problem !== undefined) throw clientFault(problem)
  }
  const problem = registration.requiresCompatibilities?.includes('FARGATE') ? fargateProblem(registration) : undefined
  if (problem !== undefined) throw clientFault(problem)
}
