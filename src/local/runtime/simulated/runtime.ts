import type {Clock} from '../../clock.js'
import {addressKey} from '../../task-address.js'
import type {RunningTask, TaskRuntime, TaskSpec} from '../../task-runtime.js'
import {SimulatedTask} from './simulated-task.js'

/**
 * A runtime that runs nothing: containers start, answer HTTP requests and exit as the labels of their images say. What
 * it simulates follows from when it was asked, so a task of an earlier run goes on where it would be by now.
 */
export function createSimulatedRuntime({clock}: {clock: Clock}): TaskRuntime {
  const tasks = new Map<string, SimulatedTask>()
  const add = (spec: TaskSpec, task: SimulatedTask): RunningTask => {
    const key = addressKey(spec)
    tasks.set(key, task)
    return {
      stop: () => task.stop(),
      dispose() {
        task.dispose()
        if (tasks.get(key) === task) tasks.delete(key)
      },
    }
  }
  return {
    kind: 'simulated',
    run: (spec, events) => add(spec, new SimulatedTask(clock, spec, events)),
    resume: (spec, events, progress) => add(spec, new SimulatedTask(clock, spec, events, progress)),
    connect: (address, port) => tasks.get(addressKey(address))?.connect(port),
  }
}
