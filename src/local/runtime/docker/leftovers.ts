import type {Engine} from './engine.js'
import type {Labelled} from './engine-documents.js'
import type {Labels} from './server-identity.js'
import {SERVER_LABEL} from './server-identity.js'

/**
 * Removes the containers, networks, volumes and images whose labels are as wanted; nothing without a label of ours is looked at.
 *
 * @param report told of what cannot be removed
 */
export async function removeLabelled(
  engine: Engine,
  wanted: (labels: Labels) => boolean,
  report: (error: unknown) => void,
): Promise<void> {
  const isWanted = ({Labels}: Labelled) => wanted(Labels ?? {})
  const containers = (await engine.listContainers(SERVER_LABEL)).filter(isWanted)
  await Promise.all(containers.map(({Id}) => engine.removeContainer(Id).catch(report)))
  const volumes = (await engine.listVolumes(SERVER_LABEL)).filter(isWanted)
  await Promise.all(volumes.map(({Name}) => engine.removeVolume(Name).catch(report)))
  const networks = (await engine.listNetworks(SERVER_LABEL)).filter(isWanted)
  await Promise.all(networks.map(({Id}) => engine.removeNetwork(Id).catch(report)))
  const images = (await engine.listImages(SERVER_LABEL)).filter(isWanted)
  await Promise.all(images.map(({Id}) => engine.removeImage(Id).catch(report)))
}
