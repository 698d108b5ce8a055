import type {Service} from '../../../ecs/services.js'
import {deleteService, describeService, updateService} from '../../../ecs/services.js'
import {deleteTaskDefinitions, familyOf, listTaskDefinitions} from '../../../ecs/task-definitions.js'
import type {TargetGroup} from '../../../elbv2/target-groups.js'
import {findTargetGroup, targetGroupsByArn} from '../../../elbv2/target-groups.js'
import {AwsError} from '../../../errors/errors.js'
import {targetGroupName, taskDefinitionFamily, workloadSecurityGroupName} from '../../../lib/resource-names.js'
import {plural} from '../../../lib/text.js'
import type {AnyStep, Step} from '../../../plan/step.js'
import {lookUp, step} from '../../../plan/step.js'
import {waitUntilGone} from '../../../rollout/steady-service.js'
import type {Context} from '../../context.js'
import {deleteSecurityGroupStep, deleteUnusedTargetGroup} from '../../deletion.js'
import {isManaged} from '../../tags.js'
import type {DestroyServiceOptions} from './destroy-service.js'
import {logGroupDeletion, repositoryDeletion, secretPolicyDeletion} from './leftovers.js'
import {namesakesLookUp, unlessShared} from './namesakes.js'
import {secretsDeletion} from './secrets.js'
import {trafficDeletion} from './traffic.js'

type PlanContext = Pick<Context, 'aws' | 'clock' | 'output'>

/** The graph of a service's end. The service goes first: nothing that it uses is taken from a running task. */
export function planDestruction(context: PlanContext, options: DestroyServiceOptions): AnyStep[] {
  const {cluster, name, timeoutMs} = options
  const service = lookUp({
    id: 'existing-service',
    title: `service ${name}`,
    find: () => describeService(context.aws.ecs, cluster, name),
  })
  const targetGroups = targetGroupLookUp(context, service, options)
  const deleted = serviceDeletion(context, service, options)
  const traffic = trafficDeletion(context, targetGroups, deleted)
  const gone = serviceEnd(context, deleted, options)
  const namesakes = namesakesLookUp(context, cluster, name)
  return [
    gone,
    traffic,
    targetGroupDeletion(context, targetGroups, [gone, traffic], timeoutMs),
    deleteSecurityGroupStep(context, workloadSecurityGroupName('service', cluster, name), [gone], timeoutMs),
    unlessShared(taskDefinitionDeletion(context, name, gone), namesakes, noRevisions),
    secretPolicyDeletion(context, cluster, name, gone),
    ...(options.keepSecrets ? [] : [secretsDeletion(context, cluster, name, gone)]),
    ...(options.keepLogs ? [] : [unlessShared(logGroupDeletion(context, name, gone), namesakes, undefined)]),
    ...(options.keepImages ? [] : [unlessShared(repositoryDeletion(context, name, gone), namesakes, undefined)]),
  ]
}

/** Those of the service, and the one of its name that a stopped run may have left. */
function targetGroupLookUp(
  {aws}: PlanContext,
  service: Step<Service | undefined>,
  {cluster, name}: DestroyServiceOptions,
): Step<readonly TargetGroup[]> {
  return lookUp<readonly TargetGroup[], {service: typeof service}>({
    id: 'target-groups',
    title: 'target groups',
    needs: {service},
    find: async (needs) => {
      const own = targetGroupName(cluster, name)
      const arns = (needs.service?.loadBalancers ?? []).flatMap(({targetGroupArn}) => targetGroupArn ?? [])
      const [used, named] = await Promise.all([targetGroupsByArn(aws.elbv2, arns), findTargetGroup(aws.elbv2, own)])
      // A target group that somebody else made for the service is left alone.
      const groups = [...used.values(), ...(named === undefined ? [] : [named])].filter((group) => group.name === own)
      return [...new Map(groups.map((group) => [group.arn, group])).values()]
    },
  })
}

function serviceDeletion(
  {aws}: PlanContext,
  existing: Step<Service | undefined>,
  {cluster, name, force}: DestroyServiceOptions,
): Step<void> {
  return step<void, {existing: typeof existing}>({
    id: 'service',
    title: `service ${name}`,
    needs: {existing},
    look: async ({existing: service}) => {
      if (service?.status !== 'ACTIVE') return {state: 'present', value: undefined}
      checkOwner(service)
      if (service.desiredCount > 0 && !force) throw runningError(service)
      const detail = `${plural(service.runningCount, 'task')} running`
      return {state: 'differs', value: undefined, detail, change: 'delete'}
    },
    apply: async ({existing: service}) => {
      if (service !== undefined && service.desiredCount > 0) {
        await updateService(aws.ecs, {cluster, service: name, desiredCount: 0})
      }
      await deleteService(aws.ecs, cluster, name, force)
    },
  })
}

/** The Go CLI set no tags; its services are known by the family of their task definition. */
function checkOwner({name, arn, clusterArn, tags, taskDefinition}: Service): void {
  if (isManaged(tags) || familyOf(taskDefinition) === taskDefinitionFamily('service', name)) return
  throw new AwsError('NOT_MANAGED', `service ${name} was not made by fargate, which deletes only what it made`, {
    details: {serviceArn: arn},
    hints: [`aws ecs delete-service --cluster ${clusterArn} --service ${name} --force`],
  })
}

function runningError({name, desiredCount}: Service): AwsError {
  return new AwsError('SERVICE_RUNNING', `service ${name} keeps ${plural(desiredCount, 'task')} running`, {
    hints: [`scale it down first: fargate service scale ${name} 0`, 'or do both in one go: --force'],
  })
}

/** The time from the call to the end of the last task. */
function serviceEnd(context: PlanContext, deleted: Step<void>, options: DestroyServiceOptions): Step<void> {
  const {cluster, name, timeoutMs} = options
  return step<void, {deleted: Step<void>}>({
    id: 'service-end',
    title: `tasks of service ${name}`,
    doing: 'Waiting for the end of the',
    needs: {deleted},
    look: async () => {
      const service = await describeService(context.aws.ecs, cluster, name)
      const over = service === undefined || service.status === 'INACTIVE'
      return over
        ? {state: 'present', value: undefined}
        : {state: 'differs', value: undefined, detail: `${service.runningCount} running`, change: 'delete'}
    },
    apply: (_needs, _found, run) =>
      waitUntilGone({...context, signal: run.signal}, {cluster, service: name, timeoutMs}, run),
  })
}

function targetGroupDeletion(
  context: PlanContext,
  targetGroups: Step<readonly TargetGroup[]>,
  after: readonly AnyStep[],
  timeoutMs: number,
): Step<void> {
  return step<void, Record<string, AnyStep>>({
    id: 'target-group',
    title: 'target group',
    needs: {targetGroups, ...Object.fromEntries(after.map((each) => [each.id, each]))},
    look: async (needs) => {
      const names = ((needs.targetGroups as readonly TargetGroup[] | undefined) ?? []).map(({name}) => name)
      if (names.length === 0) return {state: 'present', value: undefined}
      return {state: 'differs', value: undefined, detail: names.join(', '), change: 'delete'}
    },
    apply: async (needs, _found, {signal}) => {
      for (const {arn} of needs.targetGroups as readonly TargetGroup[]) {
        await deleteUnusedTargetGroup({...context, signal}, arn, timeoutMs)
      }
    },
  })
}

interface Revisions {
  readonly active: readonly string[]
  readonly inactive: readonly string[]
}

const noRevisions: Revisions = {active: [], inactive: []}

/** A run that was stopped may have left revisions that are deregistered and not deleted. */
function taskDefinitionDeletion({aws}: PlanContext, name: string, gone: Step<void>): Step<Revisions> {
  const family = taskDefinitionFamily('service', name)
  return step<Revisions, {gone: typeof gone}>({
    id: 'task-definitions',
    title: `task definitions ${family}`,
    needs: {gone},
    look: async () => {
      const [active, inactive] = await Promise.all([
        listTaskDefinitions(aws.ecs, family),
        listTaskDefinitions(aws.ecs, family, 'INACTIVE'),
      ])
      const count = active.length + inactive.length
      if (count === 0) return {state: 'present', value: noRevisions}
      return {state: 'differs', value: {active, inactive}, detail: plural(count, 'revision'), change: 'delete'}
    },
    apply: async (_needs, found) => {
      const {active, inactive} = found.state === 'absent' ? noRevisions : found.value
      await deleteTaskDefinitions(aws.ecs, active, inactive)
      return noRevisions
    },
  })
}
