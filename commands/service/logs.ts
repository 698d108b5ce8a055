import {findServiceLogs} from '../../src/actions/service/service-logs.js'
import {logFlags} from '../../src/cli/log-flags.js'
import type {ShownLogs} from '../../src/cli/logs-command.js'
import {LogsCommand} from '../../src/cli/logs-command.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'

export default class ServiceLogs extends LogsCommand {
  static override summary = 'Show what the containers of a service write.'
  static override description =
    'Lines come oldest first, each behind the name of its log stream, which ends with the id of the task. With --follow the command goes on until Ctrl-C, which is its normal end (exit code 0); lines that reach CloudWatch Logs minutes late are shown then, out of order. With --json it prints one event a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --follow --tail 20',
    '<%= config.bin %> <%= command.id %> web --start 1h --filter ERROR --timestamps',
    '<%= config.bin %> <%= command.id %> web --start "2026-01-31 09:36:00 UTC" --end "2026-01-31 10:00:00 UTC"',
  ]
  static override args = {service: existingServiceArg}
  static override flags = logFlags

  async run(): Promise<ShownLogs> {
    const {args, flags} = await this.parse(ServiceLogs)
    const {cluster, task: tasks = []} = flags
    return this.show(flags, (context) => findServiceLogs(context, {cluster, name: args.service, tasks}))
  }
}
