import type {Service} from '../ecs/services.js'

/** A little before the deployment, since the clocks of ECS and of its events differ by milliseconds. */
const slackMs = 1000

/** The events of a service since a deployment began, each once, oldest first. */
export class ServiceEventLog {
  readonly #deploymentId: string
  readonly #seen = new Set<string>()
  #since: number | undefined
  #obstacle: string | undefined

  constructor(deploymentId: string) {
    this.#deploymentId = deploymentId
  }

  /** The last message so far that says why ECS could not start a task at all. */
  get obstacle(): string | undefined {
    return this.#obstacle
  }

  /** The messages not answered before, without the name of the service. */
  fresh(service: Service): string[] {
    const deployment = service.deployments.find(({id}) => id === this.#deploymentId)
    this.#since ??= deployment?.createdAt === undefined ? undefined : deployment.createdAt.getTime() - slackMs
    const since = this.#since
    if (since === undefined) return []
    const fresh = service.events.filter(({id, createdAt}) => createdAt.getTime() >= since && !this.#seen.has(id))
    for (const {id} of fresh) this.#seen.add(id)
    const messages = fresh.reverse().map(({message}) => message.replace(/^\(service [^)]*\) /, ''))
    this.#obstacle = messages.findLast((message) => launchFailure.test(message)) ?? this.#obstacle
    return messages.map(withExplanation)
  }
}

const launchFailure = /unable to place a task|failed to launch a task/

/** IAM is eventually consistent: the first tasks of an account meet a role that ECS does not see yet. */
const withExplanation = (message: string): string =>
  message.includes('unable to assume the role')
    ? `${message} A role that was made just now takes up to half a minute; ECS tries again by itself.`
    : message
