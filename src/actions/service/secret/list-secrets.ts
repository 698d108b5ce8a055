import type {Context} from '../../context.js'
import type {ServiceAndContainer} from '../revise/running.js'
import {findRunning} from '../revise/running.js'

export interface ListSecretsResult {
  readonly service: string
  readonly cluster: string
  readonly container: string
  readonly taskDefinition: string
  /** The variables and what ECS reads them from; values are never read. */
  readonly secrets: readonly {readonly name: string; readonly valueFrom: string}[]
}

/** The secrets to which the revision that a service runs refers. */
export async function listSecrets(
  {aws}: Pick<Context, 'aws'>,
  options: ServiceAndContainer,
): Promise<ListSecretsResult> {
  const {container, revision} = await findRunning(aws, options)
  return {
    service: options.name,
    cluster: options.cluster,
    container: container.name,
    taskDefinition: revision.arn,
    secrets: (container.secrets ?? []).map(({name = '', valueFrom = ''}) => ({name, valueFrom})),
  }
}
