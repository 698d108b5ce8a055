import type {AwsClients} from '../../../aws/clients.js'
import type {TargetGroup} from '../../../elbv2/target-groups.js'
import {
  deregistrationDelaySeconds,
  modifyTargetGroup,
  setDeregistrationDelay,
  targetGroupsByArn,
} from '../../../elbv2/target-groups.js'
import {AwsError, UsageError} from '../../../errors/errors.js'
import type {HealthCheck} from '../../../lib/health-check.js'
import {checkHealthCheck} from '../../../lib/health-check.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {givenOf, healthCheckInput, targetGroupDifferences} from '../../infrastructure/target-group-settings.js'
import type {RunningService} from '../revise/running.js'
import type {TargetGroupChanges} from './options.js'

type Aws = Pick<AwsClients, 'elbv2'>

/** One target group, with those of its settings that are to change. */
interface Outdated {
  readonly arn: string
  readonly isCheckOther: boolean
  readonly isDelayOther: boolean
  readonly details: readonly string[]
}

/**
 * The health check and the deregistration delay of the target groups that lead to the container. They change before
 * the tasks do: the new ones are what the check is for.
 */
export function targetGroupsStep(
  aws: Aws,
  running: Step<RunningService>,
  changes: TargetGroupChanges,
): Step<readonly Outdated[]> {
  const healthCheck = givenOf(changes.healthCheck)
  const delaySeconds = changes.deregistrationDelaySeconds
  return step<readonly Outdated[], {running: typeof running}>({
    id: 'target-group',
    title: 'target group',
    needs: {running},
    look: async ({running: current}) => {
      if (current === undefined) return {state: 'absent'}
      const groups = await targetGroupsOf(aws, current)
      for (const group of groups) checkFit(group, healthCheck)
      const looked = await Promise.all(groups.map((group) => lookAt(aws, group, healthCheck, delaySeconds)))
      const value = looked.filter(({details}) => details.length > 0)
      if (value.length === 0) return {state: 'present', value}
      return {state: 'differs', value, detail: value.flatMap(({details}) => details).join(', ')}
    },
    apply: async (_needs, found) => {
      const outdated = found.state === 'absent' ? [] : found.value
      for (const {arn, isCheckOther, isDelayOther} of outdated) {
        if (isCheckOther) await modifyTargetGroup(aws.elbv2, {TargetGroupArn: arn, ...healthCheckInput(healthCheck)})
        if (isDelayOther && delaySeconds !== undefined) await setDeregistrationDelay(aws.elbv2, arn, delaySeconds)
      }
      return outdated
    },
  })
}

async function lookAt(
  aws: Aws,
  group: TargetGroup,
  healthCheck: HealthCheck,
  delaySeconds: number | undefined,
): Promise<Outdated> {
  const delay = delaySeconds === undefined ? undefined : await deregistrationDelaySeconds(aws.elbv2, group.arn)
  const check = targetGroupDifferences(group, delay, {healthCheck, delaySeconds: undefined})
  const wait = targetGroupDifferences(group, delay, {healthCheck: {}, delaySeconds})
  const details = [...check, ...wait].map((text) => `${group.name}: ${text}`)
  return {arn: group.arn, isCheckOther: check.length > 0, isDelayOther: wait.length > 0, details}
}

/** @throws UsageError LOAD_BALANCER_REQUIRED; AwsError TARGET_GROUP_NOT_FOUND */
async function targetGroupsOf(aws: Aws, {service, container}: RunningService): Promise<TargetGroup[]> {
  const arns = service.loadBalancers
    .filter(({containerName}) => containerName === container.name)
    .flatMap(({targetGroupArn}) => targetGroupArn ?? [])
  if (arns.length === 0) {
    throw new UsageError(
      'LOAD_BALANCER_REQUIRED',
      `no load balancer leads to container ${container.name} of service ${service.name}, so there is no target group ` +
        'with a health check and a deregistration delay',
      {hints: [`see what leads to it: fargate service info ${service.name}`]},
    )
  }
  const groups = await targetGroupsByArn(aws.elbv2, arns)
  const missing = arns.find((arn) => !groups.has(arn))
  if (missing === undefined) return [...groups.values()]
  throw new AwsError('TARGET_GROUP_NOT_FOUND', `target group ${missing} of service ${service.name} does not exist`)
}

/** What is given must go with what stays: a check ends before the next one starts, and only HTTP has paths and codes. */
function checkFit({name, protocol, healthCheck: present}: TargetGroup, wanted: HealthCheck): void {
  const isHttp = present.path !== undefined
  if (!isHttp && (wanted.path !== undefined || wanted.codes !== undefined)) {
    throw new UsageError(
      'HEALTH_CHECK_NEEDS_HTTP',
      `--health-check-path and --health-check-codes need an HTTP check; target group ${name} checks ${protocol}`,
    )
  }
  const {intervalSeconds, timeoutSeconds} = present
  const isHttpBalancer = protocol === 'HTTP' || protocol === 'HTTPS'
  const isTimed = wanted.intervalSeconds !== undefined || wanted.timeoutSeconds !== undefined
  const checked = checkHealthCheck(
    {...(isTimed && {intervalSeconds, timeoutSeconds}), ...wanted},
    isHttpBalancer ? 'application' : 'network',
  )
  if (!checked.ok) throw new UsageError('HEALTH_CHECK_INVALID', `target group ${name}: ${checked.problem}`)
}
