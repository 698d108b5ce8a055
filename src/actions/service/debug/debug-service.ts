import {tagService} from '../../../ecs/services.js'
import {AwsError, UsageError} from '../../../errors/errors.js'
import type {Capacity} from '../../../lib/capacity.js'
import {formatCapacity, isFargateProvider, isOnEc2, isSameCapacity} from '../../../lib/capacity.js'
import type {Step} from '../../../plan/step.js'
import {known, step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import {lowerCaseTags} from '../../tags.js'
import type {ReviseOptions, ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import type {RunningService} from '../revise/running.js'
import {settingsChange} from '../update/service-changes.js'
import {describeTaskChanges, withTaskChanges} from '../update/task-changes.js'
import {memoryOf, rememberedIn, tagsOf} from './memory.js'

export interface DebugServiceOptions extends ReviseOptions {
  /** Of an Auto Scaling group. */
  readonly capacityProvider: string
}

export interface DebugServiceResult extends ReviseResult {
  /** Where its tasks run now, and ran before. */
  readonly capacity: string
  readonly previousCapacity: string
}

type DebugContext = Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>

/**
 * Moves a service to container instances, where one can look inside, and waits until it runs there. What it was before
 * is kept in its tags.
 *
 * @throws UsageError for a provider of Fargate; AwsError for one that the cluster does not have, or a service that is
 *   on EC2 on its own account
 */
export async function debugService(context: DebugContext, options: DebugServiceOptions): Promise<DebugServiceResult> {
  const {capacityProvider, cluster} = options
  if (isFargateProvider(capacityProvider)) {
    throw new UsageError('CAPACITY_CONFLICT', `--capacity-provider ${capacityProvider} is Fargate: name one of EC2`, {
      hints: [`to go back to Fargate: fargate service debug ${options.name} --back`],
    })
  }
  const capacity: Capacity = {strategy: [{capacityProvider, weight: 1, base: 0}]}
  const changes = {capacity, subnetIds: [], securityGroupIds: []}
  const {result, before} = await reviseService(context, options, (running) => ({
    edit: {
      needs: {},
      edit: (registration, current) => withTaskChanges(registration, checked(current, capacity), {capacity}),
      detail: (current) => describeTaskChanges(current, {capacity}).join(', '),
    },
    change: (current) => settingsChange(current, changes),
    after: [...capacitySteps(context.aws, known('cluster', cluster), cluster, capacity), memoryStep(context, running)],
  }))
  const {capacity: previous} = before.service
  return {...result, capacity: formatCapacity(capacity), previousCapacity: formatCapacity(previous)}
}

/** What is on EC2 without this program's doing has nothing to go back to. */
function checked(running: RunningService, wanted: Capacity): RunningService {
  const {service} = running
  if (!isOnEc2(service.capacity) || rememberedIn(service) !== undefined) return running
  if (isSameCapacity(service.capacity, wanted)) return running
  throw new AwsError(
    'ALREADY_ON_EC2',
    `service ${service.name} runs on EC2 already (${formatCapacity(service.capacity)}), and was not moved there by this command`,
    {
      details: {service: service.name},
      hints: [`change its capacity: fargate service update ${service.name} --capacity-provider <name>=1`],
    },
  )
}

/** The tags are set before the service is moved, so that a run that is cut off can be taken back. */
function memoryStep({aws}: Pick<Context, 'aws'>, running: Step<RunningService>): Step<void> {
  return step<void, {running: typeof running}>({
    id: 'memory',
    title: 'tags with what the service was',
    needs: {running},
    look: async ({running: current}) => {
      if (current === undefined) return {state: 'absent'}
      const isThere = rememberedIn(current.service) !== undefined || isOnEc2(current.service.capacity)
      return isThere ? {state: 'present', value: undefined} : {state: 'absent'}
    },
    apply: ({running: {service}}) => tagService(aws.ecs, service.arn, lowerCaseTags(tagsOf(memoryOf(service)))),
  })
}
