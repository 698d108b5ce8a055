import type {AwsClients} from '../aws/clients.js'
import {describeTaskDefinition} from '../ecs/task-definitions.js'
import type {Task} from '../ecs/tasks.js'
import {describeTasks, listTasks} from '../ecs/tasks.js'
import {CliError} from '../errors/errors.js'
import {lastLogLines} from '../logs/log-events.js'
import {explainStop, isScalingStop} from './stop-explanation.js'

/** A task that ended though it was meant to run. */
export interface StoppedTask {
  readonly taskId: string
  readonly reason: string
  readonly hint: string | undefined
  readonly stopCode: string | undefined
  readonly containers: readonly StoppedContainer[]
}

export interface StoppedContainer {
  readonly name: string
  readonly exitCode: number | undefined
  readonly reason: string | undefined
  /** The last lines of its log, oldest first; why they could not be read where that failed. */
  readonly logLines: readonly string[]
}

export interface WatchedDeployment {
  readonly cluster: string
  readonly service: string
  readonly deploymentId: string
}

type Clients = Pick<AwsClients, 'ecs' | 'logs'>

const logLineLimit = 10

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
    const stopped = await Promise.all(ended.filter((task) => !isScalingStop(task)).map((task) => this.#describe(task)))
    this.all.push(...stopped)
    return stopped
  }

  readonly #isOwn = ({startedBy}: Task): boolean => startedBy === this.#deploymentId

  async #describe(task: Task): Promise<StoppedTask> {
    const {reason, hint} = explainStop(task)
    const containers = await Promise.all(
      task.containers.map(async ({name, exitCode, reason: containerReason}) => ({
        name,
        exitCode,
        reason: containerReason,
        logLines: exitCode === undefined ? [] : await this.#logLines(task, name),
      })),
    )
    return {taskId: task.id, reason, hint, stopCode: task.stopCode, containers}
  }

  /** The log is a help, not a condition: where it cannot be read, the reason stands in its place. */
  async #logLines(task: Task, container: string): Promise<string[]> {
    try {
      const revision = await describeTaskDefinition(this.#aws.ecs, task.taskDefinition)
      const definition = revision?.taskDefinition.containerDefinitions?.find(({name}) => name === container)
      const {logDriver, options = {}} = definition?.logConfiguration ?? {}
      const group = options['awslogs-group']
      const prefix = options['awslogs-stream-prefix']
      if (logDriver !== 'awslogs' || group === undefined || prefix === undefined) return []
      const stream = `${prefix}/${container}/${task.id}`
      return await lastLogLines(this.#aws.logs, group, stream, logLineLimit)
    } catch (error) {
      if (error instanceof CliError) return [`(its log cannot be read: ${error.message})`]
      throw error
    }
  }
}

/** A task is on its way down for a while; what it ended with is known once its containers are over. */
const isOver = ({lastStatus}: Task): boolean => lastStatus === 'STOPPED' || lastStatus === 'DEPROVISIONING'
