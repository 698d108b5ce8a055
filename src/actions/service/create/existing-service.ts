import type {Service} from '../../../ecs/services.js'
import {mainContainer} from '../../../ecs/task-definition-edit.js'
import type {ContainerDefinition, TaskDefinition} from '../../../ecs/task-definitions.js'
import {AwsError} from '../../../errors/errors.js'
import {lastNameOf} from '../../../lib/arn.js'
import type {Context} from '../../context.js'
import {requireTaskDefinition} from '../require-service.js'
import type {CreateServiceOptions} from './options.js'

/** What is asked for and not there, and the command that changes it where there is one. */
interface Difference {
  readonly text: string
  readonly hint?: string
}

/**
 * `service create` on a service that exists mends what is around it and leaves the service as it is. What it is asked
 * for and the service does not have is an error, so that nobody believes it to be changed.
 *
 * @returns the image that it runs
 * @throws AwsError SERVICE_EXISTS naming the differences and the commands that change them
 */
export async function checkExistingService(
  {aws}: Pick<Context, 'aws'>,
  service: Service,
  options: CreateServiceOptions,
): Promise<string> {
  const {taskDefinition} = await requireTaskDefinition(aws, service)
  const container = mainContainer(taskDefinition, {
    loadBalancerContainer: service.loadBalancers[0]?.containerName,
    service: service.name,
  })
  const differences = [
    ...serviceDifferences(service, options),
    ...networkDifferences(service, options),
    ...taskDifferences(taskDefinition, options),
    ...containerDifferences(container ?? {}, options),
  ]
  if (differences.length === 0) return container?.image ?? ''
  const {name} = options
  const what = differences.map(({text}) => text).join('; ')
  const hints = differences.flatMap(({hint}) => hint ?? [])
  throw new AwsError('SERVICE_EXISTS', `service ${name} exists and differs: it has ${what}`, {
    details: {serviceArn: service.arn},
    hints: hints.length > 0 ? hints : [`fargate service destroy ${name} --force, then create it again`],
  })
}

function serviceDifferences(service: Service, {name, count, loadBalancer, port}: CreateServiceOptions): Difference[] {
  const differences: Difference[] = []
  if (service.desiredCount !== count) {
    const hint = `fargate service scale ${name} ${count}`
    differences.push({text: `${service.desiredCount} tasks, not ${count}`, hint})
  }
  const balanced = service.loadBalancers[0]?.containerPort
  const wanted = loadBalancer === undefined ? undefined : port?.port
  if (balanced !== wanted) {
    differences.push({text: `${balanced ?? 'no'} load-balanced port, not ${wanted ?? 'none'}`})
  }
  return differences
}

/** Subnets and security groups that are not named are the service's own affair. */
function networkDifferences(service: Service, options: CreateServiceOptions): Difference[] {
  const {subnets, securityGroups, assignPublicIp} = service.networkConfiguration?.awsvpcConfiguration ?? {}
  const differences: Difference[] = []
  const lists: readonly (readonly [string, readonly string[] | undefined, readonly string[]])[] = [
    ['subnets', subnets, options.subnetIds],
    ['security groups', securityGroups, options.securityGroupIds],
  ]
  for (const [what, present = [], wanted] of lists) {
    if (wanted.length === 0 || isSameSet(present, wanted)) continue
    differences.push({text: `${what} ${present.join(', ')}, not ${wanted.join(', ')}`})
  }
  const isPublic = assignPublicIp === 'ENABLED'
  if (isPublic !== options.assignPublicIp) {
    differences.push({text: isPublic ? 'tasks with public addresses' : 'tasks without public addresses'})
  }
  return differences
}

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...new Set(b)].sort().join()

function taskDifferences(task: TaskDefinition, options: CreateServiceOptions): Difference[] {
  const differences: Difference[] = []
  const {cpu, memory} = task
  if (cpu !== String(options.cpu) || memory !== String(options.memory)) {
    differences.push({text: `${cpu} CPU units and ${memory} MiB, not ${options.cpu} and ${options.memory}`})
  }
  const architecture = (task.runtimePlatform?.cpuArchitecture ?? 'X86_64').toLowerCase()
  if (architecture !== options.architecture) {
    differences.push({text: `architecture ${architecture}, not ${options.architecture}`})
  }
  const {taskRole, ephemeralStorageGib: storage} = options
  const role = task.taskRoleArn ? lastNameOf(task.taskRoleArn) : undefined
  if (taskRole !== undefined && lastNameOf(taskRole) !== role) {
    differences.push({text: `${role ?? 'no'} task role, not ${taskRole}`})
  }
  const gib = task.ephemeralStorage?.sizeInGiB
  if (storage !== undefined && gib !== storage) {
    differences.push({text: `${gib ?? 'the default'} GiB of ephemeral storage, not ${storage}`})
  }
  return differences
}

/**
 * Values are not told: they can be secret. Secrets must be the same ones, since the policy by which they are read is
 * written for exactly those that are asked for.
 */
function containerDifferences(container: ContainerDefinition, options: CreateServiceOptions): Difference[] {
  const {image, name, environment, secrets, command} = options
  const differences: Difference[] = []
  if (typeof image === 'string' && container.image !== image) {
    const hint = `fargate service deploy ${name} --image ${image}`
    differences.push({text: `image ${container.image}, not ${image}`, hint})
  }
  if (command !== undefined && JSON.stringify(command) !== JSON.stringify(container.command ?? [])) {
    differences.push({text: 'another command'})
  }
  const values = new Map((container.environment ?? []).map((each) => [each.name, each.value]))
  for (const each of environment.filter((variable) => values.get(variable.name) !== variable.value)) {
    differences.push({text: `${values.has(each.name) ? 'another value of' : 'no'} variable ${each.name}`})
  }
  const sources = (container.secrets ?? []).map((each) => `${each.name}=${each.valueFrom}`)
  const wanted = secrets.map((each) => `${each.name}=${each.valueFrom}`)
  if (secrets.length > 0 && sources.sort().join() !== wanted.sort().join()) differences.push({text: 'other secrets'})
  return differences
}

/** ECS makes no service of a name that it is still taking away. */
export function drainingError(name: string): AwsError {
  return new AwsError(
    'SERVICE_DRAINING',
    `service ${name} is being deleted: ECS keeps the name until its tasks are gone`,
    {
      hints: ['try again in a minute, or use another name'],
    },
  )
}
