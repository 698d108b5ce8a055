import {Flags} from '@oclif/core'
import type {RunTaskResult} from '../../src/actions/task/run/run-task.js'
import {runTask} from '../../src/actions/task/run/run-task.js'
import type {EndedTask} from '../../src/actions/task/run/wait-for-tasks.js'
import {requireSuccess} from '../../src/actions/task/run/wait-for-tasks.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {imageFlags, imageSource} from '../../src/cli/build-flags.js'
import {capacityFlags, compatibilityFlag, newCapacity} from '../../src/cli/capacity-flags.js'
import {dryRunFlag} from '../../src/cli/flags.js'
import {taskGroupArg} from '../../src/cli/name-arguments.js'
import {renderRunTask} from '../../src/cli/render/run-task.js'
import {runExitCode, taskEndFlags, watchTasks} from '../../src/cli/task-end.js'
import {taskFlags, taskOptions} from '../../src/cli/task-flags.js'
import {networkFlags, networkOptions, publicIpFlag} from '../../src/cli/traffic-flags.js'

const spotCapacity = {capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0}

/** With --wait and --follow also how the tasks ended. */
interface Result extends Omit<RunTaskResult, 'tasks'> {
  readonly tasks: RunTaskResult['tasks'] | readonly EndedTask[]
}

export default class TaskRun extends BaseCommand<Result> {
  static override summary = 'Run a folder or an image as tasks that end by themselves.'
  static override description =
    'Makes what is missing: cluster, image repository, log group, role, security group. Tasks of one name are a group. ' +
    'With --follow --json it prints one event a line, and the result in the last.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> migrate --image public.ecr.aws/docker/library/busybox:1.37 --command "sleep 5"',
    '<%= config.bin %> <%= command.id %> migrate --image public.ecr.aws/docker/library/busybox:1.37 --command "sleep 5" --follow --exit-code',
    '<%= config.bin %> <%= command.id %> report --image public.ecr.aws/docker/library/busybox:1.37 --num 12 --spot',
  ]
  static override args = {task: taskGroupArg}
  static override flags = {
    num: Flags.integer({char: 'n', description: 'number of tasks to run', default: 1, min: 1, max: 1000}),
    ...imageFlags,
    ...taskFlags,
    ...networkFlags,
    ...publicIpFlag,
    ...capacityFlags,
    ...compatibilityFlag,
    spot: Flags.boolean({
      description: 'run on Spot capacity, which AWS may take back: --capacity-provider FARGATE_SPOT',
      exclusive: ['launch-type', 'capacity-provider'],
      helpGroup: 'CAPACITY',
    }),
    ...taskEndFlags,
    ...dryRunFlag,
  }

  #follows = false

  async run(): Promise<Result> {
    const {args, flags} = await this.parse(TaskRun)
    const options = {
      cluster: flags.cluster,
      name: args.task,
      image: imageSource(flags),
      ...(await taskOptions(flags)),
      ...networkOptions(flags),
      count: flags.num,
      ...newCapacity(flags.spot ? {...flags, 'capacity-provider': [spotCapacity]} : flags),
      dryRun: flags['dry-run'],
    }
    this.#follows = flags.follow
    const context = await this.context(flags)
    const startedMs = context.clock.now()
    const result = await runTask(context, options)
    const show = this.jsonEnabled() ? (event: object) => this.logJsonLine(event) : undefined
    const ended = await watchTasks(context, {...result, ...flags, name: args.task, startedMs}, this.paint(), show)
    if (ended === undefined) {
      context.output.result(renderRunTask(result))
      return result
    }
    if (flags['exit-code']) this.endWith(runExitCode(args.task, ended))
    else requireSuccess(args.task, ended)
    context.output.result(renderRunTask(result, ended))
    return {...result, tasks: ended}
  }

  protected override logJson(document: unknown): void {
    if (this.#follows && typeof document === 'object' && document !== null) this.logJsonLine(document)
    else super.logJson(document)
  }
}
