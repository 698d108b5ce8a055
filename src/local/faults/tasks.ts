import {parseReference} from '../registry/reference.js'
import type {FindPlacementProblem} from '../scheduler/placement.js'
import type {ContainerRecord, TaskRecord} from '../scheduler/records.js'
import type {TaskTroubles} from '../scheduler/troubles.js'
import type {Fault} from './fault.js'
import type {capacityCauses, FaultKind, pullCauses} from './kinds.js'
import {isNamed, matchesTask} from './matching.js'
import type {FaultPlan} from './plan.js'

/** What AWS says of a task that it has no room for. */
const PLACEMENT_PROBLEMS: Readonly<Record<(typeof capacityCauses)[number], string>> = {
  capacity: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
  tasks: "You've reached the limit on the number of tasks you can run concurrently",
  vcpus: "You've reached the limit on the number of vCPUs you can run concurrently",
}

/** The placements that Fargate has no room for. */
export const placementFaults =
  (plan: FaultPlan): FindPlacementProblem =>
  (scope, order) => {
    const provider = order.capacityProviderName ?? 'FARGATE'
    const striking = plan
      .current('no-capacity')
      .find(
        (planned) =>
          matchesTask(planned.fault, {...order, scope}) &&
          (planned.fault.capacityProvider ?? provider) === provider &&
          plan.strikes(planned),
      )
    if (striking === undefined) return undefined
    return PLACEMENT_PROBLEMS[(striking.fault.cause ?? 'capacity') as keyof typeof PLACEMENT_PROBLEMS]
  }

/** The faults of single tasks; what has struck a task once does so until it is removed or its time is over. */
export function taskFaults(plan: FaultPlan): TaskTroubles {
  const striking = (kind: FaultKind, task: TaskRecord, applies: (fault: Fault) => boolean, subject = task.taskId) =>
    plan
      .current(kind)
      .filter(({fault}) => matchesTask(fault, task) && applies(fault))
      .filter((planned) => plan.strikes(planned, subject))
      .map(({fault}) => fault)
  const isOf = (fault: Fault, container: ContainerRecord) => isImage(fault.image, container.image)

  return {
    interfaceDelay: (task, phase) =>
      delay(
        striking('eni-delay', task, ({subnet = task.network.subnetId, phase: wanted = 'attach'}) => {
          return wanted === phase && subnet === task.network.subnetId
        }),
      ),
    pullProblem(task, container) {
      const subject = `${task.taskId}/${container.name}`
      const [fault] = striking('unpullable-image', task, (candidate) => isOf(candidate, container), subject)
      return fault && pullReason(fault.cause as PullCause | undefined, task, container.image)
    },
    pullDelay: (task, container) =>
      delay(striking('slow-pull', task, (candidate) => isOf(candidate, container), `${task.taskId}/${container.name}`)),
    failsHealthCheck: (task, container) =>
      striking('failing-health-checks', task, (fault) => {
        return fault.targetGroup === undefined && (fault.container ?? container.name) === container.name
      }).length > 0,
    spotInterruption(task) {
      const faults = striking('spot-interruption', task, () => true)
      return faults.length === 0 ? undefined : Math.min(...faults.map(({delayMs = 0}) => delayMs))
    },
  }
}

const delay = (faults: readonly Fault[]): number => faults.reduce((sum, {delayMs = 0}) => sum + delayMs, 0)

/** `web` and `web:v2` are the image `host/web:v2`; a name without a tag means every tag and digest. */
function isImage(name: string | undefined, image: string): boolean {
  const untagged = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  return isNamed(name, image) || isNamed(name, untagged)
}

type PullCause = (typeof pullCauses)[number]

const retried = (times: number): string => `pull image manifest has been retried ${times} time(s): `

/** What the agent says of an image that it cannot pull. */
function pullReason(cause: PullCause = 'not-found', {architecture}: TaskRecord, image: string): string {
  const {ref, url} = wholeName(image)
  const platform = `linux/${architecture === 'ARM64' ? 'arm64' : 'amd64'}`
  const reasons: Readonly<Record<PullCause, string>> = {
    'not-found': `${retried(1)}failed to resolve ref ${ref}: ${ref}: not found`,
    timeout: `${retried(5)}failed to resolve ref ${ref}: failed to do request: Head "${url}": dial tcp: i/o timeout`,
    forbidden: `${retried(1)}failed to resolve ref ${ref}: unexpected status from HEAD request to ${url}: 403 Forbidden`,
    platform: `${retried(7)}image Manifest does not contain descriptor matching platform '${platform}'`,
  }
  return reasons[cause]
}

/** The agent spells short names out: `web` is `docker.io/library/web:latest`. */
function wholeName(image: string): {readonly ref: string; readonly url: string} {
  const {host, path, tag = 'latest', digest} = parseReference(image) ?? {path: image}
  const name = host === undefined && !path.includes('/') ? `library/${path}` : path
  const version = digest === undefined ? `:${tag}` : `@${digest}`
  return {
    ref: `${host ?? 'docker.io'}/${name}${version}`,
    url: `https://${host ?? 'registry-1.docker.io'}/v2/${name}/manifests/${digest ?? tag}`,
  }
}
