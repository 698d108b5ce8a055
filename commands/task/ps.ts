import type {GroupTasks} from '../../src/actions/task/list-group-tasks.js'
import {listGroupTasks} from '../../src/actions/task/list-group-tasks.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {allTasksFlag} from '../../src/cli/flags.js'
import {taskGroupArg} from '../../src/cli/name-arguments.js'
import {renderTasks} from '../../src/cli/render/task-list.js'

export default class TaskPs extends BaseCommand<GroupTasks> {
  static override summary = 'List the tasks of a task group.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> migrate',
    '<%= config.bin %> <%= command.id %> migrate --all',
  ]
  static override args = {task: taskGroupArg}
  static override flags = allTasksFlag

  async run(): Promise<GroupTasks> {
    const {args, flags} = await this.parse(TaskPs)
    const context = await this.context(flags)
    const result = await listGroupTasks(context, {cluster: flags.cluster, name: args.task, stopped: flags.all})
    context.output.result(renderTasks(result, context.clock.now()))
    return result
  }
}
