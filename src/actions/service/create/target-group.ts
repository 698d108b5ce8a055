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
import {givenOf, healthCheckInput, targetGroupDifferences} from '../../infrastructure/target-group-settings.js'
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
      if (found.state === 'absent') return create(aws, vpcId, options)
      await change(aws, found.value, options)
      return found.value
    },
  })
}

async function create(aws: Aws, vpcId: string, options: TargetGroupOptions): Promise<string> {
  const {protocol, port} = options.port
  const path = protocol === 'TCP' ? {} : {path: '/'}
  const group = await createTargetGroup(aws.elbv2, {
    Name: options.name,
    TargetType: 'ip',
    Protocol: protocol,
    Port: port,
    VpcId: vpcId,
    HealthCheckProtocol: protocol,
    ...healthCheckInput({...defaultHealthCheck, ...path, ...givenOf(options.healthCheck)}),
    Tags: upperCaseTags(options.tags),
  })
  const delay = options.deregistrationDelaySeconds ?? defaultDeregistrationDelaySeconds
  await setDeregistrationDelay(aws.elbv2, group.arn, delay)
  return group.arn
}

async function change(aws: Aws, arn: string, options: TargetGroupOptions): Promise<void> {
  const {healthCheck, delaySeconds} = await settingsAskedFor(aws, arn, options)
  const input = healthCheckInput(healthCheck)
  if (Object.keys(input).length > 0) await modifyTargetGroup(aws.elbv2, {TargetGroupArn: arn, ...input})
  if (delaySeconds !== undefined) await setDeregistrationDelay(aws.elbv2, arn, delaySeconds)
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

/** What is given; on a target group of this program the defaults count as given. */
async function settingsAskedFor(
  aws: Aws,
  arn: string,
  options: TargetGroupOptions,
): Promise<{healthCheck: HealthCheck; delaySeconds: number | undefined}> {
  const healthCheck = givenOf(options.healthCheck)
  const delaySeconds = options.deregistrationDelaySeconds
  const managed = isManaged((await describeTags(aws.elbv2, [arn])).get(arn))
  if (!managed) return {healthCheck, delaySeconds}
  return {
    healthCheck: {...defaultHealthCheck, ...healthCheck},
    delaySeconds: delaySeconds ?? defaultDeregistrationDelaySeconds,
  }
}

async function settingsThatDiffer(aws: Aws, group: TargetGroup, options: TargetGroupOptions): Promise<string[]> {
  const [delay, {healthCheck, delaySeconds}] = await Promise.all([
    deregistrationDelaySeconds(aws.elbv2, group.arn),
    settingsAskedFor(aws, group.arn, options),
  ])
  return targetGroupDifferences(group, delay, {healthCheck, delaySeconds})
}
