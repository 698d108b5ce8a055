import type {Service} from '../../../ecs/services.js'
import {untagService} from '../../../ecs/services.js'
import {describeTaskDefinition, familyAndRevision, revisionOf} from '../../../ecs/task-definitions.js'
import {AwsError} from '../../../errors/errors.js'
import {formatCapacity} from '../../../lib/capacity.js'
import {runPlan} from '../../../plan/run-plan.js'
import {known, step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacitySteps} from '../../infrastructure/capacity.js'
import {followUpdate} from '../revise/follow.js'
import type {ReviseOptions} from '../revise/revise-service.js'
import type {RunningService} from '../revise/running.js'
import {findRunning} from '../revise/running.js'
import type {SettingsChange} from '../revise/update.js'
import {updateStep} from '../revise/update.js'
import {revisionDifferences} from '../revisions/revision-differences.js'
import {capacityChange} from '../update/capacity-change.js'
import type {DebugServiceResult} from './debug-service.js'
import type {DebugMemory} from './memory.js'
import {debugTags, memoryOf, rememberedIn} from './memory.js'

/**
 * Returns a service to exactly what it was before it was moved to EC2: capacity, task definition, public addresses. The
 * number of its tasks stays.
 *
 * @throws AwsError TASK_DEFINITION_NOT_FOUND where the one of before can no longer be run
 */
export async function undebugService(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: ReviseOptions,
): Promise<DebugServiceResult> {
  const {aws, output, signal} = context
  const {cluster, name, dryRun, wait} = options
  const before = await findRunning(aws, options)
  const {service} = before
  const remembered = rememberedIn(service)
  const target = remembered ?? memoryOf(service)
  if (remembered !== undefined) await checkRevision(context, before, target.taskDefinition)

  const running = known('running', before)
  const taskDefinition = known('task-definition', target.taskDefinition)
  const needs = {
    running,
    taskDefinition,
    after: capacitySteps(aws, known('cluster', cluster), cluster, target.capacity),
  }
  const update = updateStep(context, options, needs, {
    change: () => settingsBack(service, target),
  })
  const forget = step<void, {update: typeof update}>({
    id: 'memory',
    title: 'tags with what the service was',
    needs: {update},
    look: async () =>
      remembered === undefined
        ? {state: 'present', value: undefined}
        : {state: 'differs', value: undefined, detail: 'no longer needed', change: 'delete'},
    apply: () => untagService(aws.ecs, service.arn, [...debugTags]),
  })
  const report = await runPlan([update, forget], {output, signal, dryRun})
  const rollout = dryRun || !wait ? undefined : await followUpdate(context, options, report.value(update), before)
  return {
    ...{service: name, cluster, container: before.container.name, dryRun, rollout},
    taskDefinition: target.taskDefinition,
    previousTaskDefinition: before.revision.arn,
    changes: report.changes,
    capacity: formatCapacity(target.capacity),
    previousCapacity: formatCapacity(service.capacity),
  }
}

/**
 * What was deployed in the meantime is not lost: it can run on Fargate, too.
 *
 * @throws AwsError REVISION_NOT_FOUND where the revision of before cannot be run any more
 */
async function checkRevision(
  {aws, output}: Pick<Context, 'aws' | 'output'>,
  {service: {name}, revision: present}: RunningService,
  target: string,
): Promise<void> {
  const revision = await describeTaskDefinition(aws.ecs, target)
  if (revision === undefined || revision.taskDefinition.status === 'INACTIVE') {
    const what = revision === undefined ? 'does not exist any more' : 'is deregistered'
    throw new AwsError(
      'REVISION_NOT_FOUND',
      `task definition ${familyAndRevision(target)}, which ran before, ${what}`,
      {
        details: {service: name, taskDefinition: target},
        hints: [`go to Fargate with the present one: fargate service update ${name} --launch-type FARGATE`],
      },
    )
  }
  const differences = revisionDifferences(revision.taskDefinition, present.taskDefinition)
  const others = differences.filter((difference) => difference !== 'requiresCompatibilities')
  if (others.length === 0) return
  const number = revisionOf(present.arn)
  output.warn(
    `${familyAndRevision(present.arn)} was deployed meanwhile (${others.join('; ')}): ` +
      `fargate service rollback ${name} ${number} runs it on Fargate`,
  )
}

function settingsBack(service: Service, target: DebugMemory): SettingsChange {
  const change = capacityChange(service, target.capacity)
  const platform = change.deploys && target.platformVersion !== 'LATEST'
  const present = service.networkConfiguration?.awsvpcConfiguration
  const assignPublicIp = target.assignPublicIp ? ('ENABLED' as const) : ('DISABLED' as const)
  const isOther = present !== undefined && (present.assignPublicIp ?? 'DISABLED') !== assignPublicIp
  return {
    settings: {
      ...change.settings,
      ...(platform && {platformVersion: target.platformVersion}),
      ...(isOther && {networkConfiguration: {awsvpcConfiguration: {...present, assignPublicIp}}}),
    },
    deploys: change.deploys || isOther,
    details: [
      ...change.details,
      ...(isOther ? [target.assignPublicIp ? 'public addresses' : 'no public addresses'] : []),
    ],
  }
}
