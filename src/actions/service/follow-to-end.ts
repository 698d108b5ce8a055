import {updateService} from '../../ecs/services.js'
import {familyAndRevision} from '../../ecs/task-definitions.js'
import {CancelledError, DeploymentError, WaitTimeoutError} from '../../errors/errors.js'
import type {CompletedRollout, FollowOptions} from '../../rollout/follow-deployment.js'
import {followDeployment} from '../../rollout/follow-deployment.js'
import type {Context} from '../context.js'

export interface FollowToEndOptions extends FollowOptions {
  /** The task definition that ran before, to which Ctrl-C can go back. */
  readonly previousTaskDefinition?: string | undefined
}

/**
 * Follows a deployment and shows how it goes. Ctrl-C does not stop AWS: on a terminal it asks whether to let the
 * deployment go on or to roll it back; elsewhere it lets it go on. Both end with CancelledError.
 */
export async function followToEnd(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: FollowToEndOptions,
): Promise<CompletedRollout> {
  const {output} = context
  const {service, deploymentId} = options
  try {
    return await output.step(`Waiting for service ${service} (deployment ${deploymentId})`, (progress) =>
      followDeployment(context, options, progress),
    )
  } catch (error) {
    if (error instanceof CancelledError) throw await interrupted(context, options)
    const isAnswer = error instanceof DeploymentError || error instanceof WaitTimeoutError
    if (!isAnswer) output.warn(`Deployment ${deploymentId} of service ${service} goes on at AWS without being watched`)
    throw error
  }
}

async function interrupted(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  options: FollowToEndOptions,
): Promise<CancelledError> {
  const {cluster, service, deploymentId, previousTaskDefinition: previous} = options
  const details = {service, deploymentId}
  const goesOn = new CancelledError('DETACHED', `deployment ${deploymentId} of service ${service} goes on at AWS`, {
    details,
    hints: [`see how it goes on: fargate service info ${service}`],
  })
  if (!output.interactive || previous === undefined) return goesOn
  const back = familyAndRevision(previous)
  if (!(await output.confirm(`Deployment ${deploymentId} goes on at AWS. Roll back to ${back} instead?`))) return goesOn
  // The signal of the command is aborted by now; this call is what the user has just asked for.
  const {signal} = new AbortController()
  await updateServiceWith(aws, {cluster, service, taskDefinition: previous}, signal)
  return new CancelledError('ROLLED_BACK_BY_USER', `service ${service} goes back to ${back}`, {
    details,
    hints: [`see how it goes on: fargate service info ${service}`],
  })
}

async function updateServiceWith(
  aws: Pick<Context['aws'], 'ecs'>,
  input: {readonly cluster: string; readonly service: string; readonly taskDefinition: string},
  signal: AbortSignal,
): Promise<void> {
  await updateService((name, values) => aws.ecs(name, values, {signal}), input)
}
