import type {AwsClients} from '../../aws/clients.js'
import type {Service} from '../../ecs/services.js'
import {describeService, listServices} from '../../ecs/services.js'
import {AwsError, CliError} from '../../errors/errors.js'
import {lastNameOf} from '../../lib/arn.js'
import {closest} from '../../lib/closest.js'
import {didYouMean} from '../did-you-mean.js'

type Aws = Pick<AwsClients, 'ecs'>

/**
 * A service to be looked at: an ACTIVE one, or one that is DRAINING and still has tasks.
 *
 * @throws AwsError SERVICE_NOT_FOUND, with the services of similar names
 */
export async function describeKnownService(aws: Aws, cluster: string, name: string): Promise<Service> {
  const service = await describeService(aws.ecs, cluster, name)
  if (service !== undefined && service.status !== 'INACTIVE') return service
  throw await unknownServiceError(aws, {cluster, name, remains: service})
}

export interface UnknownService {
  readonly cluster: string
  readonly name: string
  /** What ECS still remembers of it. */
  readonly remains: Pick<Service, 'status'> | undefined
}

/** @param besides what is missing, too: `there is no log group …` */
export async function unknownServiceError(
  aws: Aws,
  {cluster, name, remains}: UnknownService,
  {code = 'SERVICE_NOT_FOUND', besides}: {readonly code?: string; readonly besides?: string} = {},
): Promise<AwsError> {
  const similar = closest(name, await namesOfServices(aws, cluster))
  const what = remains === undefined ? 'does not exist' : `is deleted (${remains.status})`
  const facts = [`service ${name} ${what} in cluster ${cluster}`, ...(besides === undefined ? [] : [besides])]
  return new AwsError(code, `${facts.join(', and ')}${didYouMean(similar)}`, {
    details: {service: name, cluster, status: remains?.status, similar},
    hints: [`see what there is: fargate service list --cluster ${cluster}`],
  })
}

/** Names are a help, not a condition: who may not list services is told that this one does not exist all the same. */
async function namesOfServices(aws: Aws, cluster: string): Promise<string[]> {
  try {
    return (await listServices(aws.ecs, cluster)).map(lastNameOf)
  } catch (error) {
    if (error instanceof CliError) return []
    throw error
  }
}
