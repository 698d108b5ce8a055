import {RecordMap} from '../state/record-map.js'
import type {ContainerInstanceRecord, ServiceRecord, TaskRecord} from './records.js'

/** The services and tasks of every account and region, by ARN. */
export class SchedulerState {
  readonly services = new RecordMap<ServiceRecord>()
  readonly tasks = new RecordMap<TaskRecord>()
  readonly containerInstances = new RecordMap<ContainerInstanceRecord>()
  readonly #taskArnsByService = new Map<string, Set<string>>()

  addTask(task: TaskRecord): void {
    this.tasks.set(task.taskArn, task)
    if (task.serviceArn === undefined) return
    const arns = this.#taskArnsByService.get(task.serviceArn) ?? new Set()
    arns.add(task.taskArn)
    this.#taskArnsByService.set(task.serviceArn, arns)
  }

  removeTask(task: TaskRecord): void {
    this.tasks.delete(task.taskArn)
    if (task.serviceArn === undefined) return
    const arns = this.#taskArnsByService.get(task.serviceArn)
    arns?.delete(task.taskArn)
    if (arns?.size === 0) this.#taskArnsByService.delete(task.serviceArn)
  }

  /** The tasks of a service, oldest first, stopped ones too while they are remembered. */
  tasksOf(service: ServiceRecord): TaskRecord[] {
    const arns = this.#taskArnsByService.get(service.serviceArn) ?? []
    return [...arns].map((arn) => this.tasks.get(arn)).filter((task) => task !== undefined)
  }

  serviceOf(task: TaskRecord): ServiceRecord | undefined {
    return task.serviceArn === undefined ? undefined : this.services.get(task.serviceArn)
  }
}
