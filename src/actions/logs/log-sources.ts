import type {ContainerDefinition} from '../../ecs/task-definitions.js'

/** Where events are: all streams of a group, those whose names start in one way, or some by name. */
export interface LogSource {
  readonly group: string
  readonly streamPrefix?: string
  readonly streams?: readonly string[]
}

export interface LogSourceChoice {
  /** The group that belongs to the workload alone, so that all its streams are meant. */
  readonly ownGroup: string
  /** Only these tasks, by id. */
  readonly tasks: readonly string[]
}

/**
 * Where containers with the log driver awslogs write: `<prefix>/<container>/<task id>`, in the group that their
 * definition names. A group can be shared, so only streams of these containers count where it is not the own one.
 */
export function logSourcesOf(
  containers: readonly ContainerDefinition[],
  {ownGroup, tasks}: LogSourceChoice,
): LogSource[] {
  const sources = containers.flatMap((container): LogSource[] => {
    const {'awslogs-group': group, 'awslogs-stream-prefix': prefix} = awslogsOptions(container) ?? {}
    if (group === undefined) return []
    if (tasks.length > 0) return [{group, streams: tasks.map((task) => `${prefix}/${container.name}/${task}`)}]
    return [
      group === ownGroup || prefix === undefined ? {group} : {group, streamPrefix: `${prefix}/${container.name}/`},
    ]
  })
  return mergeAlike(sources)
}

/** The log drivers other than awslogs that containers use. */
export function otherLogDrivers(containers: readonly ContainerDefinition[]): string[] {
  const drivers = containers.flatMap(({logConfiguration}) => logConfiguration?.logDriver ?? [])
  return [...new Set(drivers)].filter((driver) => driver !== 'awslogs')
}

function awslogsOptions({logConfiguration}: ContainerDefinition): Readonly<Record<string, string>> | undefined {
  return logConfiguration?.logDriver === 'awslogs' ? logConfiguration.options : undefined
}

/** One source for each group and prefix, with all its streams. */
function mergeAlike(sources: readonly LogSource[]): LogSource[] {
  const merged = new Map<string, LogSource>()
  for (const source of sources) {
    const key = JSON.stringify([source.group, source.streamPrefix])
    const streams = [...(merged.get(key)?.streams ?? []), ...(source.streams ?? [])]
    merged.set(key, {...source, ...(source.streams !== undefined && {streams: [...new Set(streams)]})})
  }
  return [...merged.values()]
}
