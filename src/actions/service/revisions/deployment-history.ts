import {isAwsError} from '../../../aws/errors.js'
import type {ServiceDeployment} from '../../../ecs/service-deployments.js'
import {listServiceDeployments} from '../../../ecs/service-deployments.js'
import type {Context} from '../../context.js'

const refusals = ['AccessDeniedException', 'UnsupportedFeatureException', 'InvalidParameterException']

/**
 * What ECS remembers of a service's deployments, newest first. Undefined, with a warning, where it does not tell: the
 * permission is lacking, or another deployment controller than ECS's own is at work.
 */
export async function deploymentHistory(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  cluster: string,
  name: string,
): Promise<ServiceDeployment[] | undefined> {
  try {
    return await listServiceDeployments(aws.ecs, cluster, name)
  } catch (error) {
    if (!isAwsError(error, ...refusals)) throw error
    output.warn(`ECS does not tell the deployments of service ${name}: ${error.message}`)
    return undefined
  }
}
