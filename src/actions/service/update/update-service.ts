import type {AnyStep, Step} from '../../../plan/step.js'
import {known} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import type {ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import type {RunningService} from '../revise/running.js'
import {retentionStep} from './log-retention.js'
import {networkCheckStep} from './network-check.js'
import type {UpdateServiceOptions} from './options.js'
import {settingsChange} from './service-changes.js'
import {serviceTagsStep, withTags} from './tags.js'
import {targetGroupsStep} from './target-groups.js'
import {describeTaskChanges, withTaskChanges} from './task-changes.js'

export type UpdateServiceResult = ReviseResult

/**
 * Changes the settings of a running service: one revision and one UpdateService, so that there is one deployment
 * however much changes, and none for what needs none.
 *
 * @throws UsageError for what does not go with the settings that stay, before anything is changed
 */
export async function updateServiceSettings(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: UpdateServiceOptions,
): Promise<UpdateServiceResult> {
  const {result} = await reviseService(context, options, (running) => ({
    edit: {
      needs: {},
      edit: (registration, current) => withTags(withTaskChanges(registration, current, options), options.tags),
      detail: (current) => [...describeTaskChanges(current, options), ...tagDetail(options)].join(', '),
    },
    change: (current) => settingsChange(current, options),
    after: surroundings(context, running, options),
  }))
  return result
}

const tagDetail = ({tags}: UpdateServiceOptions): string[] =>
  Object.keys(tags).length === 0 ? [] : [`tags ${Object.keys(tags).join(', ')}`]

/** What changes beside the service; each only where it is asked for. */
function surroundings(
  {aws}: Pick<Context, 'aws'>,
  running: Step<RunningService>,
  options: UpdateServiceOptions,
): AnyStep[] {
  const {healthCheck, deregistrationDelaySeconds, logRetentionDays, subnetIds, securityGroupIds, tags} = options
  const {capacity} = options
  const isChecked = Object.values(healthCheck).some((value) => value !== undefined)
  return [
    ...(isChecked || deregistrationDelaySeconds !== undefined ? [targetGroupsStep(aws, running, options)] : []),
    ...(subnetIds.length > 0 || securityGroupIds.length > 0 ? [networkCheckStep(aws, running, options)] : []),
    ...(capacity === undefined ? [] : capacitySteps(aws, known('cluster', options.cluster), options.cluster, capacity)),
    ...(logRetentionDays === undefined ? [] : [retentionStep(aws, running, logRetentionDays)]),
    ...(Object.keys(tags).length > 0 ? [serviceTagsStep(aws, running, tags)] : []),
  ]
}
