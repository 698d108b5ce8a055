import type {AwsClients} from '../../../aws/clients.js'
import {describeTags} from '../../../elbv2/tags.js'
import type {TargetGroup} from '../../../elbv2/target-groups.js'
import {
  createTargetGroup,
  deregistrationDelaySeconds,
  findTargetGroup,
  modifyTargetGroup,
  setDeregistrationDelay,
} from '../../../elbv2/target-groups.js'
import {AwsError} from '../../../errors/errors.js'
import type {HealthCheck} from '../../../lib/health-check.js'
import type {Port} from '../../../lib/port-expression.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Network} from '../../infrastructure/network.js'
import type {Tags} from '../../tags.js'
import {isManaged, upperCaseTags} from '../../tags.js'
import {defaultDeregistrationDelaySeconds, defaultHealthCheck} from './options-check.js'

export interface TargetGroupOptions {
  readonly name: string
  readonly port: Port
  readonly healthCheck: HealthCheck
  readonly deregistrationDelaySeconds: number | undefined
  readonly tags: Tags
}

type Aws = Pick<AwsClients, 'elbv2'>

/** The target group of a service, with IP targets as awsvpc tasks need. Answers its ARN. */
export function targetGroupStep(aws: Aws, network: Step<Network>, options: TargetGroupOptions): Step<string> {
  const {name} = options
  return step<string, {network: Step<Network>}>({
    id: 'target-group',
    title: `target group ${name}`,
    needs: {network},
    look: async (needs) => {
      const group = await findTargetGroup(aws.elbv2, name)
      if (group === undefined) return {state: 'absent'}
      checkFixedSettings(group, options.port, needs.network?.vpcId)
      const differences = await settingsThatDiffer(aws, group, options)
      if (differences.length === 0) return {state: 'present', value: group.arn}
      return {state: 'differs', value: group.arn, detail: differences.join(', ')}
    },
    apply: async ({network: {vpcId}}, found) => {
      const arn = found.state === 'absent' ? await create(aws, vpcId, options) : found.value
      if (found.state === 'differs')
        await modifyTargetGroup(aws.elbv2, {TargetGroupArn: arn, ...healthCheckInput(options)})
      const delay = options.deregistrationDelaySeconds ?? defaultDeregistrationDelaySeconds
      await setDeregistrationDelay(aws.elbv2, arn, delay)
      return arn
    },
  })
}

async function create(aws: Aws, vpcId: string, options: TargetGroupOptions): Promise<string> {
  const group = await createTargetGroup(aws.elbv2, {
    Name: options.name,
    TargetType: 'ip',
    Protocol: options.port.protocol,
    Port: options.port.port,
    VpcId: vpcId,
    ...healthCheckInput(options),
    Tags: upperCaseTags(options.tags),
  })
  return group.arn
}

function healthCheckInput({port, healthCheck}: TargetGroupOptions) {
  const http = port.protocol !== 'TCP'
  return {
    HealthCheckProtocol: port.protocol,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds ?? defaultHealthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds ?? defaultHealthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyCount ?? defaultHealthCheck.healthyCount,
    UnhealthyThresholdCount: healthCheck.unhealthyCount ?? defaultHealthCheck.unhealthyCount,
    ...(http && {HealthCheckPath: healthCheck.path ?? '/'}),
    ...(http && healthCheck.codes !== undefined && {Matcher: {HttpCode: healthCheck.codes}}),
  }
}

/** AWS cannot change these of a target group, and one with the name but other settings may serve something else. */
function checkFixedSettings(group: TargetGroup, port: Port, vpcId: string | undefined): void {
  const is = `${group.protocol}:${group.port} ${group.targetType} in ${group.vpcId}`
  const wanted = `${port.protocol}:${port.port} ip in ${vpcId}`
  if (is === wanted) return
  throw new AwsError('TARGET_GROUP_DIFFERS', `target group ${group.name} exists as ${is}, and ${wanted} is needed`, {
    details: {targetGroupArn: group.arn},
    hints: [
      `use the port and subnets that it was made for, or delete it: aws elbv2 delete-target-group --target-group-arn ${group.arn}`,
    ],
  })
}

/** Settings are compared where they are asked for; on a target group of this program the defaults count as asked. */
async function settingsThatDiffer(aws: Aws, group: TargetGroup, options: TargetGroupOptions): Promise<string[]> {
  const [delay, tags] = await Promise.all([
    deregistrationDelaySeconds(aws.elbv2, group.arn),
    describeTags(aws.elbv2, [group.arn]),
  ])
  const managed = isManaged(tags.get(group.arn))
  const {healthCheck} = options
  const wanted = managed ? {...defaultHealthCheck, ...withoutUndefined(healthCheck)} : withoutUndefined(healthCheck)
  const wantedDelay = options.deregistrationDelaySeconds ?? (managed ? defaultDeregistrationDelaySeconds : undefined)
  const current: HealthCheck = group.healthCheck
  const differences = (Object.entries(wanted) as [keyof HealthCheck, unknown][])
    .filter(([setting, value]) => current[setting] !== value)
    .map(([setting, value]) => `health check ${setting} ${current[setting]} → ${value}`)
  if (wantedDelay !== undefined && wantedDelay !== delay) {
    differences.push(`deregistration delay ${delay} → ${wantedDelay} s`)
  }
  return differences
}

const withoutUndefined = (values: HealthCheck): HealthCheck =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
