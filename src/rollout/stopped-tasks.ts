import type {AwsClients} from '../aws/clients.js'
import type {Task} from '../ecs/tasks.js'
import {describeTasks, listTasks} from '../ecs/tasks.js'
import {isScalingStop} from './stop-explanation.js'
import type {StoppedTask} from './stopped-task.js'
import {describeStop} from './stopped-task.js'

export interface WatchedDeployment {
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
}

type Clients = Pick<AwsClients, 'ecs' | 'logs'>

/**
 * Watches for tasks of one deployment that stop. ECS forgets stopped tasks after about an hour, and a failing
 * rollout can take longer, so each is described as soon as it is seen.
 */
export class StoppedTaskWatch {
  readonly #aws: Clients
  readonly #cluster: string
  readonly #serviceName: string
  readonly #deploymentId: string
  readonly #seen = new Set<string>()
  readonly all: StoppedTask[] = []

  constructor(aws: Clients, {cluster, service, deploymentId}: WatchedDeployment) {
    this.#aws = aws
    this.#cluster = cluster
    this.#serviceName = service
    this.#deploymentId = deploymentId
  }

  /** The tasks that stopped since the last call; those that ECS stopped to scale are left out. */
  async look(): Promise<StoppedTask[]> {
    const {ecs} = this.#aws
    // By service, since ListTasks takes `startedBy` only without any other filter and answers running tasks then.
    const arns = await listTasks(ecs, this.#cluster, {serviceName: this.#serviceName, desiredStatus: 'STOPPED'})
    const fresh = arns.filter((arn) => !this.#seen.has(arn))
    if (fresh.length === 0) return []
    const tasks = await describeTasks(ecs, this.#cluster, fresh)
    const [own, others] = [tasks.filter(this.#isOwn), tasks.filter((task) => !this.#isOwn(task))]
    const ended = own.filter(isOver)
    for (const {arn} of [...ended, ...others]) this.#seen.add(arn)
    const stopped = await Promise.all(
      ended.filter((task) => !isScalingStop(task)).map((task) => describeStop(this.#aws, task)),
    )
    this.all.push(...stopped)
    return stopped
  }

  readonly #isOwn = ({startedBy}: Task): boolean => startedBy === this.#deploymentId
}

/** A task is on its way down for a while; what it ended with is known once its containers are over. */
const isOver = ({lastStatus}: Task): boolean => lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING'
