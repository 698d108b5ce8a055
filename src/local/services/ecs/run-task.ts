import type {Failure, RunTaskCommandInput, RunTaskCommandOutput, Tag} from '@aws-sdk/client-ecs'
import {AwsFault} from '../../aws-fault.js'
import {countProviders, nextProvider, runsOnInstance} from '../../scheduler/placement.js'
import type {TaskDefinitionRecord, TaskRecord} from '../../scheduler/records.js'
import {roleFailure} from '../../scheduler/roles.js'
import {scopeKey} from '../../scope.js'
import type {RequestContext} from '../../wire/service.js'
import {activeCluster} from './cluster-lookup.js'
import type {EcsContext} from './context.js'
import {clientFault, requireThat} from './faults.js'
import {fingerprint} from './fingerprint.js'
import type {LaunchChoice} from './launch-choice.js'
import {launchChoice, requireFitting} from './launch-choice.js'
import {checkedNetwork} from './network-rules.js'
import {requireValidPlacement} from './placement-rules.js'
import {requireServiceLinkedRole} from './service-linked-role.js'
import type {ClusterRecord} from './store.js'
import {checkedTags, mergedTags} from './tag-rules.js'
import {runnableTaskDefinition} from './task-definition-lookup.js'
import {taskView} from './task-view.js'

const COUNT_LIMIT = 10
const TOKEN_LENGTH = 64
const TOKEN_RETENTION_MS = 24 * 3_600_000
const STARTED_BY_LENGTH = 128

type Answer = Omit<RunTaskCommandOutput, '$metadata'>

/** Starts tasks of their own, or says with HTTP 200 why there is no room for them; the same client token again answers with the tasks that are there. */
export function runTask(context: EcsContext, input: RunTaskCommandInput, request: RequestContext): Answer {
  const {store} = context
  requireValidRequest(input)
  const cluster = activeCluster(store, request, input.cluster)
  const repeated = repeatedCall(context, input, request)
  if (repeated !== undefined) return answer(repeated)
  const definition = runnableTaskDefinition(store, cluster.scope, input.taskDefinition ?? '')
  const choice = launchChoice(cluster, definition, input)
  const {networkConfiguration} = checkedNetwork(context, cluster.scope, definition, input.networkConfiguration)
  requireKnownContainers(input, definition)
  requireFitting(choice, {networkConfiguration, platformVersion: input.platformVersion})
  requireValidPlacement(choice, input)
  const isEmpty = context.scheduler.instances.of(cluster.clusterArn).length === 0
  requireThat(choice.launchType !== 'EC2' || !isEmpty, 'No Container Instances were found in your cluster.')
  requireServiceLinkedRole(context, cluster.scope)
  const failure = roleFailure(context, cluster.scope, definition)
  if (failure !== undefined) throw clientFault(failure.message)
  const order = {input, cluster, definition, choice, networkConfiguration: networkConfiguration ?? {}}
  const {tasks, failures} = launch(context, order)
  remember(context, input, request, tasks)
  return answer(tasks, failures)
}

const answer = (tasks: readonly TaskRecord[], failures: Failure[] = []): Answer => ({
  tasks: tasks.map((task) => taskView(task, {tags: true})),
  failures,
})

function requireValidRequest({count = 1, clientToken, propagateTags, startedBy = ''}: RunTaskCommandInput): void {
  requireThat(count >= 1 && count <= COUNT_LIMIT, `count must be between 1 and ${COUNT_LIMIT}.`)
  requireThat(
    clientToken === undefined || /^[\x21-\x7e]{1,64}$/.test(clientToken),
    `The client token must be up to ${TOKEN_LENGTH} printable ASCII characters.`,
  )
  requireThat(propagateTags !== 'SERVICE', 'Tags can only be propagated from SERVICE to the tasks of a service.')
  requireThat(startedBy.length <= STARTED_BY_LENGTH, `startedBy can have at most ${STARTED_BY_LENGTH} characters.`)
}

function requireKnownContainers({overrides}: RunTaskCommandInput, {registration}: TaskDefinitionRecord): void {
  const names = (registration.containerDefinitions ?? []).map(({name}) => name)
  for (const {name} of overrides?.containerOverrides ?? []) {
    requireThat(names.includes(name), `Override for container named ${name} is not a container in the TaskDefinition.`)
  }
}

interface Launch {
  readonly input: RunTaskCommandInput
  readonly cluster: ClusterRecord
  readonly definition: TaskDefinitionRecord
  readonly choice: LaunchChoice
  readonly networkConfiguration: NonNullable<RunTaskCommandInput['networkConfiguration']>
}

function launch(
  {scheduler, findPlacementProblem}: EcsContext,
  order: Launch,
): {tasks: TaskRecord[]; failures: Failure[]} {
  const {input, cluster, definition, choice, networkConfiguration} = order
  const tasks: TaskRecord[] = []
  const failures: Failure[] = []
  for (let index = 0; index < (input.count ?? 1); index++) {
    const wanted = {
      scope: cluster.scope,
      clusterArn: cluster.clusterArn,
      clusterName: cluster.clusterName,
      definition,
      networkConfiguration,
      group: input.group ?? `family:${definition.family}`,
      tags: tagsOf(order),
      placement: index,
      overrides: input.overrides,
      startedBy: input.startedBy,
      capacityProviderName: nextProvider(choice.capacityProviderStrategy ?? [], countProviders(tasks)),
      platformVersion: choice.platformVersion,
      enableExecuteCommand: input.enableExecuteCommand,
    }
    const reason = findPlacementProblem(cluster.scope, {...wanted, family: definition.family})
    const onInstance = runsOnInstance({...wanted, launchType: choice.launchType})
    const instance = reason === undefined && onInstance ? scheduler.instances.place(wanted) : undefined
    if (reason !== undefined) failures.push({reason})
    else if (onInstance && instance === undefined) failures.push({reason: scheduler.instances.shortage(wanted)})
    else tasks.push(scheduler.runTask({...wanted, instance}))
  }
  return {tasks, failures}
}

function tagsOf({input, cluster, definition}: Launch): Tag[] {
  const propagated = input.propagateTags === 'TASK_DEFINITION' ? definition.tags : []
  const tags = mergedTags(propagated, checkedTags(input.tags))
  if (input.enableECSManagedTags !== true) return tags
  return [...tags, {key: 'aws:ecs:clusterName', value: cluster.clusterName}]
}

const tokenKey = (request: RequestContext, token: string): string => `${scopeKey(request)}/${token}`

/** The tasks of an earlier call with this token. @throws AwsFault ConflictException where the parameters differ */
function repeatedCall(
  {store, clock}: EcsContext,
  input: RunTaskCommandInput,
  request: RequestContext,
): TaskRecord[] | undefined {
  if (input.clientToken === undefined) return undefined
  const known = store.runTaskTokens.get(tokenKey(request, input.clientToken))
  if (known === undefined || clock.now() - known.at > TOKEN_RETENTION_MS) return undefined
  if (known.fingerprint !== fingerprint(input)) {
    throw new AwsFault('ConflictException', 'The client token is already used with other parameters.', {
      members: {resourceIds: known.taskArns},
    })
  }
  return known.taskArns.map((arn) => store.running.tasks.get(arn)).filter((task) => task !== undefined)
}

function remember(
  {store, clock}: EcsContext,
  input: RunTaskCommandInput,
  request: RequestContext,
  tasks: readonly TaskRecord[],
): void {
  if (input.clientToken === undefined) return
  store.runTaskTokens.set(tokenKey(request, input.clientToken), {
    fingerprint: fingerprint(input),
    taskArns: tasks.map(({taskArn}) => taskArn),
    at: clock.now(),
  })
}
