import type {TaskGroups} from '../../src/actions/task/list-task-groups.js'
import {listTaskGroups} from '../../src/actions/task/list-task-groups.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {renderTaskGroups} from '../../src/cli/render/task-groups.js'

export default class TaskList extends BaseCommand<TaskGroups> {
  static override summary = 'List the task groups of a cluster that have running tasks.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --cluster production --json',
  ]

  async run(): Promise<TaskGroups> {
    const {flags} = await this.parse(TaskList)
    const context = await this.context(flags)
    const result = await listTaskGroups(context, flags.cluster)
    context.output.result(renderTaskGroups(result))
    return result
  }
}
