import type {Scope} from '../../scope.js'
import {partitionOf} from '../../scope.js'
import {invalidInput, noSuchEntity, validationError} from './faults.js'

interface ManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly path: string
}

/** Policies of AWS whose path users get wrong, or that this program's users attach; AWS has over a thousand. */
const knownPaths: Readonly<Record<string, string>> = {
  AdministratorAccess: '/',
  AmazonDynamoDBFullAccess: '/',
  AmazonDynamoDBReadOnlyAccess: '/',
  AmazonEC2ContainerRegistryFullAccess: '/',
  AmazonEC2ContainerRegistryPowerUser: '/',
  AmazonEC2ContainerRegistryReadOnly: '/',
  AmazonEC2ContainerServiceEventsRole: '/service-role/',
  AmazonEC2ContainerServiceforEC2Role: '/service-role/',
  AmazonECS_FullAccess: '/',
  AmazonECSInfrastructureRolePolicyForLoadBalancers: '/',
  AmazonECSInfrastructureRolePolicyForVolumes: '/service-role/',
  AmazonECSServiceRolePolicy: '/aws-service-role/',
  AmazonECSTaskExecutionRolePolicy: '/service-role/',
  AmazonS3FullAccess: '/',
  AmazonS3ReadOnlyAccess: '/',
  AmazonSNSFullAccess: '/',
  AmazonSQSFullAccess: '/',
  AmazonSSMManagedInstanceCore: '/',
  AmazonSSMReadOnlyAccess: '/',
  AutoScalingServiceRolePolicy: '/aws-service-role/',
  AWSApplicationAutoscalingECSServicePolicy: '/aws-service-role/',
  AWSElasticLoadBalancingServiceRolePolicy: '/aws-service-role/',
  AWSLambdaBasicExecutionRole: '/service-role/',
  AWSXRayDaemonWriteAccess: '/',
  CloudWatchAgentServerPolicy: '/',
  CloudWatchLogsFullAccess: '/',
  PowerUserAccess: '/',
  ReadOnlyAccess: '/',
  SecretsManagerReadWrite: '/',
}

/**
 * The policy that an ARN names. Policies of AWS that are not listed here are taken to exist under any path, since the
 * local AWS grants nothing by them; a listed one exists under its own path only. There are no policies of customers.
 *
 * @throws AwsFault ValidationError for what is no ARN, InvalidInput for an ARN of another partition, NoSuchEntity.
 */
export function managedPolicy(scope: Scope, arn: string): ManagedPolicy {
  const found = /^arn:([^:]+):iam::([^:]*):policy(\/(?:.*\/)?)([\w+=,.@-]+)$/.exec(arn)
  if (found === null) throw validationError(`ARN ${arn} is not valid.`)
  const [, partition, owner, path = '/', name = ''] = found
  if (partition !== partitionOf(scope.region)) throw invalidInput(`ARN ${arn} is not valid.`)
  const knownPath = Object.hasOwn(knownPaths, name) ? knownPaths[name] : path
  if (owner !== 'aws' || knownPath !== path) throw notAttachable(arn)
  return {arn, name, path}
}

const notAttachable = (arn: string) => noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)

/** Whether GetPolicy can answer for this policy. */
export const isKnown = ({name}: ManagedPolicy): boolean => Object.hasOwn(knownPaths, name)
