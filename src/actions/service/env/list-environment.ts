import type {EnvironmentVariable} from '../../../lib/environment-variable.js'
import type {Context} from '../../context.js'
import type {ServiceAndContainer} from '../revise/running.js'
import {findRunning} from '../revise/running.js'

export interface ListEnvironmentResult {
  readonly service: string
  readonly cluster: string
  readonly container: string
  readonly taskDefinition: string
  /** In the order of the task definition. */
  readonly environment: readonly EnvironmentVariable[]
}

/** The environment variables of the revision that a service runs; secrets are not among them. */
export async function listEnvironment(
  {aws}: Pick<Context, 'aws'>,
  options: ServiceAndContainer,
): Promise<ListEnvironmentResult> {
  const {container, revision} = await findRunning(aws, options)
  return {
    service: options.name,
    cluster: options.cluster,
    container: container.name,
    taskDefinition: revision.arn,
    environment: (container.environment ?? []).map(({name = '', value = ''}) => ({name, value})),
  }
}
