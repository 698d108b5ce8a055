import type {TaskGroupInspection} from '../../src/actions/task/inspect-task-group.js'
import {inspectTaskGroup} from '../../src/actions/task/inspect-task-group.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {allTasksFlag, textListFlag} from '../../src/cli/flags.js'
import {taskGroupArg} from '../../src/cli/name-arguments.js'
import {renderTaskGroupInspection} from '../../src/cli/render/task-group-inspection.js'

export default class TaskInfo extends BaseCommand<TaskGroupInspection> {
  static override summary = 'Show the settings, addresses and containers of the tasks of a task group.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> migrate',
    '<%= config.bin %> <%= command.id %> migrate --all --json',
  ]
  static override args = {task: taskGroupArg}
  static override flags = {
    ...allTasksFlag,
    task: textListFlag({char: 't', description: 'show only tasks with these ids', helpValue: '<id>'}),
  }

  async run(): Promise<TaskGroupInspection> {
    const {args, flags} = await this.parse(TaskInfo)
    const context = await this.context(flags)
    const {cluster, task: taskIds = [], all: stopped} = flags
    const result = await inspectTaskGroup(context, {cluster, name: args.task, taskIds, stopped})
    context.output.result(renderTaskGroupInspection(result))
    return result
  }
}
