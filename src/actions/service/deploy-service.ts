import type {Service} from '../../ecs/services.js'
import {primaryDeployment, updateService} from '../../ecs/services.js'
import {mainContainer, registrationOf} from '../../ecs/task-definition-edit.js'
import {sameTaskDefinition} from '../../ecs/task-definition-equality.js'
import type {TaskDefinitionInput, TaskDefinitionRevision} from '../../ecs/task-definitions.js'
import {describeTaskDefinition, familyOf, registerTaskDefinition} from '../../ecs/task-definitions.js'
import {AwsError} from '../../errors/errors.js'
import {repositoryName} from '../../lib/resource-names.js'
import type {Change} from '../../plan/run-plan.js'
import {runPlan} from '../../plan/run-plan.js'
import type {Step} from '../../plan/step.js'
import {known, lookUp, step} from '../../plan/step.js'
import type {CompletedRollout} from '../../rollout/follow-deployment.js'
import type {Context} from '../context.js'
import type {BuildSource} from '../infrastructure/build-source.js'
import {buildsEveryTime, checkImageSource} from '../infrastructure/build-source.js'
import type {Architecture} from '../infrastructure/image.js'
import {imageStep} from '../infrastructure/image.js'
import {onceRoleIsKnown} from '../infrastructure/role-propagation.js'
import {withMarks} from '../tags.js'
import {followToEnd} from './follow-to-end.js'
import {requireService, requireTaskDefinition} from './require-service.js'

export interface DeployServiceOptions {
  readonly cluster: string
  readonly name: string
  /** An image reference, or how to build one. */
  readonly image: string | BuildSource
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface DeployServiceResult {
  readonly service: string
  readonly cluster: string
  readonly image: string
  readonly previousImage: string
  /** The revision that runs now; the previous one when nothing was to be done. */
  readonly taskDefinition: string | undefined
  readonly previousTaskDefinition: string
  readonly dryRun: boolean
  readonly changes: readonly Change[]
  /** Absent with --no-wait, in a dry run, and when nothing was to be done. */
  readonly rollout: CompletedRollout | undefined
}

interface Running {
  readonly service: Service
  readonly revision: TaskDefinitionRevision
  /** The latest of the family, where it is another one: perhaps of a run that was stopped before its end. */
  readonly latest: TaskDefinitionRevision | undefined
  readonly container: string
  readonly image: string
}

/**
 * Brings a new image to a service: builds and pushes it, registers a revision that differs in the image alone,
 * updates the service and waits. At most four calls depend on each other: describe the service, describe its task
 * definition, register, update.
 */
export async function deployService(context: Context, options: DeployServiceOptions): Promise<DeployServiceResult> {
  const {cluster, name, dryRun} = options
  await checkImageSource(context, options.image)
  const running = runningStep(context, options)
  const image = newImageStep(context, options, running)
  const taskDefinition = revisionStep(context, running, image)
  const update = updateStep(context, options, running, taskDefinition)
  const report = await runPlan([update], {output: context.output, signal: context.signal, dryRun})

  const before = report.value(running)
  if (before === undefined) throw new Error('a look-up has a value after the plan')
  return {
    service: name,
    cluster,
    image: report.value(image) ?? before.image,
    previousImage: before.image,
    taskDefinition: report.value(taskDefinition),
    previousTaskDefinition: before.revision.arn,
    dryRun,
    changes: report.changes,
    rollout: dryRun || !options.wait ? undefined : await follow(context, options, report.value(update), before),
  }
}

function runningStep({aws}: Context, {cluster, name}: DeployServiceOptions): Step<Running> {
  return lookUp({
    id: 'running',
    title: `service ${name}`,
    find: async () => {
      const service = await requireService(aws, cluster, name)
      const [revision, latest] = await Promise.all([
        requireTaskDefinition(aws, service),
        describeTaskDefinition(aws.ecs, familyOf(service.taskDefinition)),
      ])
      const container = mainContainer(revision.taskDefinition, {
        loadBalancerContainer: service.loadBalancers[0]?.containerName,
        service: name,
      })
      if (container?.name === undefined) {
        throw new AwsError('NO_CONTAINER', `task definition ${revision.arn} has no container`)
      }
      const other = latest?.arn === revision.arn ? undefined : latest
      return {service, revision, latest: other, container: container.name, image: container.image ?? ''}
    },
  })
}

function newImageStep(context: Context, options: DeployServiceOptions, running: Step<Running>): Step<string> {
  const {image, name} = options
  if (typeof image === 'string') return known('image', image)
  // The architecture is only known once the service is described; everything else about the build is not.
  const architecture: Step<Architecture> = lookUp<Architecture, {running: typeof running}>({
    id: 'architecture',
    title: 'architecture',
    needs: {running},
    find: async (needs) =>
      needs.running?.revision.taskDefinition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64',
  })
  return imageStep(context, {
    repositoryName: repositoryName(name),
    source: image,
    architecture,
    tags: withMarks({}, name),
  })
}

/** The running task definition with another image, and nothing else changed. AWS allows one registration per second. */
function revisionStep({aws}: Context, running: Step<Running>, image: Step<string>): Step<string> {
  return step<string, {running: typeof running; image: typeof image}>({
    id: 'task-definition',
    title: 'task definition',
    doing: 'Registering',
    needs: {running, image},
    look: async (needs) => {
      const current = needs.running
      if (current !== undefined && needs.image === current.image) {
        return {state: 'present', value: current.service.taskDefinition}
      }
      if (current?.latest !== undefined && needs.image !== undefined) {
        const same = sameTaskDefinition(withImage(current, needs.image), registrationOf(current.latest))
        if (same) return {state: 'present', value: current.latest.arn}
      }
      return {state: 'absent', detail: `image ${current?.image} → ${needs.image ?? 'the new one'}`}
    },
    apply: (needs) => registerTaskDefinition(aws.ecs, withImage(needs.running, needs.image)),
  })
}

function withImage({revision, container: name}: Running, image: string): TaskDefinitionInput {
  const input = registrationOf(revision)
  const containerDefinitions = (input.containerDefinitions ?? []).map((container) =>
    container.name === name ? {...container, image} : container,
  )
  return {...input, containerDefinitions}
}

function updateStep(
  {aws, clock}: Context,
  {cluster, name, image}: DeployServiceOptions,
  running: Step<Running>,
  taskDefinition: Step<string>,
): Step<Service> {
  // ECS looks up what a tag stands for when a deployment starts.
  const force = typeof image !== 'string' && buildsEveryTime(image)
  return step<Service, {running: typeof running; taskDefinition: typeof taskDefinition}>({
    id: 'service',
    title: `service ${name}`,
    needs: {running, taskDefinition},
    look: async (needs) => {
      const service = needs.running?.service
      if (service === undefined) return {state: 'absent'}
      if (needs.taskDefinition === service.taskDefinition && !force) return {state: 'present', value: service}
      return {state: 'differs', value: service, detail: 'a new deployment'}
    },
    apply: async ({taskDefinition: revision}, _found, {signal}) =>
      onceRoleIsKnown({clock, signal}, () =>
        updateService(aws.ecs, {
          cluster,
          service: name,
          taskDefinition: revision,
          ...(force && {forceNewDeployment: true}),
        }),
      ),
  })
}

/** Also follows what an earlier, interrupted run has started. */
async function follow(
  context: Context,
  {cluster, name, timeoutMs}: DeployServiceOptions,
  service: Service | undefined,
  before: Running,
): Promise<CompletedRollout | undefined> {
  const deployment = service === undefined ? undefined : primaryDeployment(service)
  if (deployment === undefined || deployment.rolloutState === 'COMPLETED') return undefined
  const {id: deploymentId, taskDefinition} = deployment
  const earlier = [before.revision.arn, ...(service?.deployments ?? []).map((each) => each.taskDefinition)]
  const previousTaskDefinition = earlier.find((arn) => arn !== taskDefinition)
  return followToEnd(context, {cluster, service: name, deploymentId, timeoutMs, previousTaskDefinition})
}
