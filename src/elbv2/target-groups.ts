import type {
  CreateTargetGroupCommandInput,
  ModifyTargetGroupCommandInput,
  TargetGroup as SdkTargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {inBatches} from '../aws/batching.js'
import {absentOn, isAwsError} from '../aws/errors.js'
import type {Elbv2} from './sdk.js'

export interface HealthCheck {
  readonly path: string | undefined
  readonly intervalSeconds: number
  readonly timeoutSeconds: number
  readonly healthyCount: number
  readonly unhealthyCount: number
  /** HTTP codes such as `200-299,302`; absent for TCP checks. */
  readonly codes: string | undefined
}

export interface TargetGroup {
  readonly arn: string
  readonly name: string
  readonly protocol: string
  readonly port: number
  readonly vpcId: string
  readonly targetType: string
  readonly loadBalancerArns: readonly string[]
  readonly healthCheck: HealthCheck
}

/** Finds a target group by name. */
export async function findTargetGroup(elbv2: Elbv2, name: string): Promise<TargetGroup | undefined> {
  const answer = await absentOn(elbv2('DescribeTargetGroups', {Names: [name]}), 'TargetGroupNotFoundException')
  const [found] = answer?.TargetGroups ?? []
  return found && narrow(found)
}

const describeLimit = 20

/** The target groups with these ARNs that exist; one that is gone does not hide the others. */
export async function targetGroupsByArn(elbv2: Elbv2, arns: readonly string[]): Promise<Map<string, TargetGroup>> {
  const ask = async (batch: readonly string[]): Promise<SdkTargetGroup[] | undefined> =>
    (await absentOn(elbv2('DescribeTargetGroups', {TargetGroupArns: [...batch]}), 'TargetGroupNotFoundException'))
      ?.TargetGroups
  const found = await inBatches([...new Set(arns)], describeLimit, async (batch) => {
    const together = await ask(batch)
    if (together !== undefined || batch.length === 1) return together ?? []
    return inBatches(batch, 1, async (single) => (await ask(single)) ?? [])
  })
  return new Map(found.map((each) => [each.TargetGroupArn ?? '', narrow(each)]))
}

/** Creates a target group; the same name with the same settings answers the existing one. */
export async function createTargetGroup(elbv2: Elbv2, input: CreateTargetGroupCommandInput): Promise<TargetGroup> {
  const {TargetGroups = []} = await elbv2('CreateTargetGroup', input)
  return narrow(TargetGroups[0] ?? {})
}

/** Changes the health check of a target group; protocol, port and VPC of one cannot be changed. */
export async function modifyTargetGroup(elbv2: Elbv2, input: ModifyTargetGroupCommandInput): Promise<void> {
  await elbv2('ModifyTargetGroup', input)
}

const deregistrationDelay = 'deregistration_delay.timeout_seconds'

/** Seconds for which a target that leaves may finish its requests. */
export async function deregistrationDelaySeconds(elbv2: Elbv2, arn: string): Promise<number | undefined> {
  const {Attributes = []} = await elbv2('DescribeTargetGroupAttributes', {TargetGroupArn: arn})
  const value = Attributes.find(({Key}) => Key === deregistrationDelay)?.Value
  return value === undefined ? undefined : Number(value)
}

export async function setDeregistrationDelay(elbv2: Elbv2, arn: string, seconds: number): Promise<void> {
  await elbv2('ModifyTargetGroupAttributes', {
    TargetGroupArn: arn,
    Attributes: [{Key: deregistrationDelay, Value: String(seconds)}],
  })
}

/**
 * Deletes a target group; an absent one is no error.
 *
 * @returns false while a listener or rule still refers to it (ResourceInUse)
 */
export async function deleteTargetGroup(elbv2: Elbv2, arn: string): Promise<boolean> {
  try {
    await absentOn(elbv2('DeleteTargetGroup', {TargetGroupArn: arn}), 'TargetGroupNotFoundException')
    return true
  } catch (error) {
    if (isAwsError(error, 'ResourceInUseException')) return false
    throw error
  }
}

export interface TargetHealth {
  readonly address: string
  readonly port: number
  /** initial, healthy, unhealthy, unused, draining or unavailable. */
  readonly state: string
  readonly reason: string | undefined
  readonly description: string | undefined
}

/** The health of every target of a group; none when the group does not exist. */
export async function targetHealth(elbv2: Elbv2, arn: string): Promise<TargetHealth[]> {
  const answer = await absentOn(elbv2('DescribeTargetHealth', {TargetGroupArn: arn}), 'TargetGroupNotFoundException')
  return (answer?.TargetHealthDescriptions ?? []).map(({Target, TargetHealth}) => ({
    address: Target?.Id ?? '',
    port: Target?.Port ?? 0,
    state: TargetHealth?.State ?? '',
    reason: TargetHealth?.Reason,
    description: TargetHealth?.Description,
  }))
}

function narrow(group: SdkTargetGroup): TargetGroup {
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    protocol: group.Protocol ?? '',
    port: group.Port ?? 0,
    vpcId: group.VpcId ?? '',
    targetType: group.TargetType ?? '',
    loadBalancerArns: group.LoadBalancerArns ?? [],
    healthCheck: {
      path: group.HealthCheckPath,
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
      healthyCount: group.HealthyThresholdCount ?? 0,
      unhealthyCount: group.UnhealthyThresholdCount ?? 0,
      codes: group.Matcher?.HttpCode,
    },
  }
}
