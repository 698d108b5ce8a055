import type {TaskSpec} from '../../task-runtime.js'
import {namespaceBody} from './container-body.js'
import type {TaskHost} from './task-host.js'
import type {TaskNames} from './task-names.js'

/** What the containers of a task share in the engine. */
export interface TaskNamespace {
  /** The id of the container that owns their network. */
  readonly id: string
  /** Ports of this machine's loopback by the TCP ports of the task. */
  readonly ports: ReadonlyMap<number, number>
}

/**
 * Makes the network of a task, with the ports of all its containers published, and its volumes.
 *
 * @param isOver asked once more before anything is made
 */
export async function openNamespace(
  {engine, ground}: TaskHost,
  names: TaskNames,
  task: TaskSpec,
  isOver: () => boolean,
): Promise<TaskNamespace | undefined> {
  const {pauseImage: image, network} = await ground()
  if (isOver()) return undefined
  const id = await engine.createContainer(names.network, namespaceBody({task, labels: names.labels, image, network}))
  await engine.startContainer(id)
  const {NetworkSettings} = await engine.inspectContainer(id)
  for (const volume of task.volumes ?? []) await engine.createVolume(names.volume(volume), names.labels)
  return {id, ports: publishedPorts(NetworkSettings.Ports ?? {})}
}

/** Only TCP ports take requests of load balancers here. */
function publishedPorts(bindings: Readonly<Record<string, readonly {readonly HostPort: string}[] | null>>) {
  const ports = new Map<number, number>()
  for (const [port, bound] of Object.entries(bindings)) {
    const published = Number(bound?.[0]?.HostPort)
    if (port.endsWith('/tcp') && published > 0) ports.set(Number.parseInt(port, 10), published)
  }
  return ports
}
