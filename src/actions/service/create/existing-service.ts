import type {Service} from '../../../ecs/services.js'
import {mainContainer} from '../../../ecs/task-definition-edit.js'
import {describeTaskDefinition} from '../../../ecs/task-definitions.js'
import {AwsError} from '../../../errors/errors.js'
import type {Context} from '../../context.js'
import type {CreateServiceOptions} from './options.js'

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
  const revision = await describeTaskDefinition(aws.ecs, service.taskDefinition)
  const container = mainContainer(revision?.taskDefinition ?? {}, {service: service.name})
  const {name} = options
  const differences: string[] = []
  const hints: string[] = []

  if (typeof options.image === 'string' && container?.image !== options.image) {
    differences.push(`image ${container?.image}, not ${options.image}`)
    hints.push(`fargate service deploy ${name} --image ${options.image}`)
  }
  if (service.desiredCount !== options.count) {
    differences.push(`${service.desiredCount} tasks, not ${options.count}`)
    hints.push(`fargate service scale ${name} ${options.count}`)
  }
  const {cpu, memory} = revision?.taskDefinition ?? {}
  if (cpu !== String(options.cpu) || memory !== String(options.memory)) {
    differences.push(`${cpu} CPU units and ${memory} MiB, not ${options.cpu} and ${options.memory}`)
  }
  const ports = service.loadBalancers.map(({containerPort}) => containerPort)
  const wantedPort = options.loadBalancer === undefined ? undefined : options.port?.port
  if (ports[0] !== wantedPort) {
    differences.push(`${ports[0] ?? 'no'} load-balanced port, not ${wantedPort ?? 'none'}`)
  }
  if (differences.length === 0) return container?.image ?? ''
  throw new AwsError('SERVICE_EXISTS', `service ${name} exists and differs: it has ${differences.join('; ')}`, {
    details: {serviceArn: service.arn},
    hints: hints.length > 0 ? hints : [`fargate service destroy ${name} --force, then create it again`],
  })
}
