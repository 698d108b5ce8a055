import type {ContainerDefinition, ContainerOverride} from '@aws-sdk/client-ecs'
import type {ContainerDependency, ContainerSpec} from '../task-runtime.js'

type Settings = Pick<
  ContainerSpec,
  | 'cpu'
  | 'memoryMib'
  | 'memoryReservationMib'
  | 'user'
  | 'workingDirectory'
  | 'ulimits'
  | 'readonlyRootFilesystem'
  | 'dependsOn'
  | 'mounts'
  | 'volumesFrom'
  | 'labels'
  | 'startTimeoutSeconds'
  | 'udpPorts'
  | 'systemControls'
  | 'init'
  | 'addedCapabilities'
  | 'droppedCapabilities'
  | 'terminal'
  | 'interactive'
>

/** How a container definition wants its process to be run; RunTask may override the sizes. */
export function containerSettings(container: ContainerDefinition, override: ContainerOverride | undefined): Settings {
  const {linuxParameters} = container
  return defined({
    cpu: override?.cpu ?? container.cpu,
    memoryMib: override?.memory ?? container.memory,
    memoryReservationMib: override?.memoryReservation ?? container.memoryReservation,
    user: container.user,
    workingDirectory: container.workingDirectory,
    ulimits: container.ulimits?.map(({name = '', softLimit = 0, hardLimit = 0}) => ({
      name: String(name),
      soft: softLimit,
      hard: hardLimit,
    })),
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    dependsOn: dependencies(container),
    mounts: (container.mountPoints ?? []).map(({sourceVolume = '', containerPath = '', readOnly}) => ({
      volume: sourceVolume,
      path: containerPath,
      readOnly: readOnly ?? false,
    })),
    volumesFrom: (container.volumesFrom ?? []).map(({sourceContainer = '', readOnly}) => ({
      container: sourceContainer,
      readOnly: readOnly ?? false,
    })),
    labels: container.dockerLabels,
    startTimeoutSeconds: container.startTimeout,
    udpPorts: mappedPorts(container, 'udp'),
    systemControls: Object.fromEntries(
      (container.systemControls ?? []).map(({namespace = '', value = ''}) => [namespace, value]),
    ),
    init: linuxParameters?.initProcessEnabled,
    addedCapabilities: linuxParameters?.capabilities?.add,
    droppedCapabilities: linuxParameters?.capabilities?.drop,
    terminal: container.pseudoTerminal,
    interactive: container.interactive,
  })
}

/** The ports of the mappings of one protocol, those of ranges too. A mapping without a protocol is TCP. */
export const mappedPorts = ({portMappings}: ContainerDefinition, wanted: 'tcp' | 'udp'): number[] =>
  (portMappings ?? [])
    .filter(({protocol = 'tcp'}) => protocol === wanted)
    .flatMap(({containerPort, containerPortRange}) =>
      containerPortRange === undefined ? (containerPort ?? []) : portsOf(containerPortRange),
    )

/** @param range `8080-8090` */
function portsOf(range: string): number[] {
  const [first = 0, last = first] = range.split('-').map(Number)
  return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => first + index)
}

const dependencies = ({dependsOn}: ContainerDefinition): ContainerDependency[] =>
  (dependsOn ?? []).map(({containerName = '', condition}) => ({
    container: containerName,
    condition: condition ?? 'START',
  }))

type Defined<Value> = {[Key in keyof Value]: Exclude<Value[Key], undefined>}

/** Leaves out what is not there. */
const defined = <Value extends object>(value: Value): Partial<Defined<Value>> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Defined<Value>>
