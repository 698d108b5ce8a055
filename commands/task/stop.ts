import type {StoppedTasks} from '../../src/actions/task/stop-tasks.js'
import {stopTasks} from '../../src/actions/task/stop-tasks.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, textListFlag, waitFlags} from '../../src/cli/flags.js'
import {taskGroupArg} from '../../src/cli/name-arguments.js'
import {renderStoppedTasks} from '../../src/cli/render/stopped-tasks.js'

export default class TaskStop extends BaseCommand<StoppedTasks> {
  static override summary = 'Stop the tasks of a task group, and wait until they have ended.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> migrate',
    '<%= config.bin %> <%= command.id %> migrate --no-wait',
  ]
  static override args = {task: taskGroupArg}
  static override flags = {
    task: textListFlag({char: 't', description: 'stop only tasks with these ids', helpValue: '<id>'}),
    ...waitFlags,
    ...dryRunFlag,
  }

  async run(): Promise<StoppedTasks> {
    const {args, flags} = await this.parse(TaskStop)
    const context = await this.context(flags)
    const result = await stopTasks(context, {
      cluster: flags.cluster,
      name: args.task,
      taskIds: flags.task ?? [],
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderStoppedTasks(result))
    return result
  }
}
