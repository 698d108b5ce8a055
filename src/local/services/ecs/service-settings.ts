import type {CreateServiceCommandInput, UpdateServiceCommandInput} from '@aws-sdk/client-ecs'
import type {ServiceSettings, TaskDefinitionRecord} from '../../scheduler/records.js'
import {deploymentConfiguration} from './deployment-configuration.js'
import {requireThat} from './faults.js'

const GRACE_PERIOD_LIMIT = 2_147_483_647

type Request = CreateServiceCommandInput | UpdateServiceCommandInput

/**
 * The settings of a service after a request; what it does not say stays as it was, or is AWS's default.
 *
 * @throws AwsFault InvalidParameterException
 */
export function settingsAfter(request: Request, before?: ServiceSettings): ServiceSettings {
  const grace = request.healthCheckGracePeriodSeconds ?? before?.healthCheckGracePeriodSeconds
  requireThat(
    grace === undefined || (grace >= 0 && grace <= GRACE_PERIOD_LIMIT),
    `healthCheckGracePeriodSeconds must be between 0 and ${GRACE_PERIOD_LIMIT}.`,
  )
  const monitoring = request.monitoring ?? before?.monitoring
  const gatewayConnectors = request.gatewayConnectors ?? before?.gatewayConnectors
  return {
    deploymentConfiguration: deploymentConfiguration(request.deploymentConfiguration, before?.deploymentConfiguration),
    placementConstraints: request.placementConstraints ?? before?.placementConstraints ?? [],
    placementStrategy: request.placementStrategy ?? before?.placementStrategy ?? [],
    ...(grace === undefined ? {} : {healthCheckGracePeriodSeconds: grace}),
    enableECSManagedTags: request.enableECSManagedTags ?? before?.enableECSManagedTags ?? false,
    enableExecuteCommand: request.enableExecuteCommand ?? before?.enableExecuteCommand ?? false,
    propagateTags: request.propagateTags ?? before?.propagateTags ?? 'NONE',
    availabilityZoneRebalancing:
      request.availabilityZoneRebalancing ?? before?.availabilityZoneRebalancing ?? 'ENABLED',
    ...(monitoring === undefined ? {} : {monitoring}),
    ...(gatewayConnectors === undefined ? {} : {gatewayConnectors}),
  }
}

/** ECS Exec needs a task role. @throws AwsFault InvalidParameterException */
export function requireTaskRoleForExec(
  {enableExecuteCommand}: ServiceSettings,
  {registration}: TaskDefinitionRecord,
  participle: 'created' | 'updated',
): void {
  requireThat(
    !enableExecuteCommand || registration.taskRoleArn !== undefined,
    `The service couldn't be ${participle} because a valid taskRoleArn is not being used. Specify a valid task role` +
      ' in your task definition and try again.',
  )
}

/** @throws AwsFault InvalidParameterException */
export function requireValidCount(desiredCount: number | undefined): void {
  requireThat(desiredCount === undefined || desiredCount >= 0, 'desiredCount must be at least 0.')
}
