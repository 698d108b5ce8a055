import {findTaskGroupLogs} from '../../src/actions/task/task-group-logs.js'
import {logFlags} from '../../src/cli/log-flags.js'
import type {ShownLogs} from '../../src/cli/logs-command.js'
import {LogsCommand} from '../../src/cli/logs-command.js'
import {taskGroupArg} from '../../src/cli/name-arguments.js'

export default class TaskLogs extends LogsCommand {
  static override summary = 'Show what the tasks of a task group write.'
  static override description =
    'Tasks that have ended are among them, as long as the log group keeps their lines. Each line stands behind the name of its log stream, which ends with the id of the task. With --follow the command goes on until Ctrl-C, which is its normal end (exit code 0). With --json it prints one event a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> migrate',
    '<%= config.bin %> <%= command.id %> migrate --follow --tail 20',
    '<%= config.bin %> <%= command.id %> migrate --start 2d --filter ERROR --timestamps',
  ]
  static override args = {task: taskGroupArg}
  static override flags = logFlags

  async run(): Promise<ShownLogs> {
    const {args, flags} = await this.parse(TaskLogs)
    const {cluster, task: tasks = []} = flags
    return this.show(flags, (context) => findTaskGroupLogs(context, {cluster, name: args.task, tasks}))
  }
}
