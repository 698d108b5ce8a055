import type {Action as ApiAction} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {ForwardAction} from '../../balancer/model.js'
import {checkRange, invalid, required} from './faults.js'
import {checkArn} from './lookups.js'

const MOST_TARGET_GROUPS = 5

/**
 * A forward action from the API, which names one group by TargetGroupArn, several by ForwardConfig, or one by both.
 *
 * @throws AwsFault ValidationError
 */
export function forwardFrom({TargetGroupArn, ForwardConfig}: ApiAction): ForwardAction {
  const named = TargetGroupArn === undefined ? [] : [{TargetGroupArn, Weight: 1}]
  const groups = ForwardConfig?.TargetGroups ?? named
  const [first] = groups
  if (first === undefined) throw invalid('A target group ARN must be specified')
  if (groups.length > MOST_TARGET_GROUPS) {
    throw invalid(`A forward action can only have '${MOST_TARGET_GROUPS}' target groups`)
  }
  if (TargetGroupArn !== undefined && (groups.length > 1 || first.TargetGroupArn !== TargetGroupArn)) {
    throw invalid('You cannot specify both a target group ARN and a list of other target groups in a forward action')
  }
  const {Enabled = false, DurationSeconds} = ForwardConfig?.TargetGroupStickinessConfig ?? {}
  checkRange(DurationSeconds, 'forwardConfig.targetGroupStickinessConfig.durationSeconds', [1, 604_800])
  return {
    type: 'forward',
    targetGroups: groups.map(({TargetGroupArn: arn, Weight = 1}) => {
      checkRange(Weight, 'forwardConfig.targetGroups.member.weight', [0, 999])
      const member = 'forwardConfig.targetGroups.member.targetGroupArn'
      return {arn: checkArn(required(arn, member), 'targetgroup'), weight: Weight}
    }),
    stickiness: {enabled: Enabled, ...(DurationSeconds !== undefined && {durationSeconds: DurationSeconds})},
  }
}

/** A forward action as AWS answers it: always with ForwardConfig, and with TargetGroupArn when there is one group. */
export function describeForward({targetGroups, stickiness}: ForwardAction): ApiAction {
  const {enabled, durationSeconds} = stickiness
  const only = targetGroups.length === 1 ? targetGroups[0] : undefined
  return {
    Type: 'forward',
    ...(only !== undefined && {TargetGroupArn: only.arn}),
    ForwardConfig: {
      TargetGroups: targetGroups.map(({arn, weight}) => ({TargetGroupArn: arn, Weight: weight})),
      TargetGroupStickinessConfig: {
        Enabled: enabled,
        ...(durationSeconds !== undefined && {DurationSeconds: durationSeconds}),
      },
    },
  }
}
