import {repositoryName} from '../../lib/resource-names.js'
import type {Step} from '../../plan/step.js'
import {known, lookUp} from '../../plan/step.js'
import type {Context} from '../context.js'
import type {BuildSource} from '../infrastructure/build-source.js'
import {buildsEveryTime, checkImageSource} from '../infrastructure/build-source.js'
import type {Architecture} from '../infrastructure/image.js'
import {imageStep} from '../infrastructure/image.js'
import {withMarks} from '../tags.js'
import type {ReviseOptions, ReviseResult} from './revise/revise-service.js'
import {reviseService} from './revise/revise-service.js'
import {withContainer} from './revise/revision.js'
import type {RunningService} from './revise/running.js'

export interface DeployServiceOptions extends ReviseOptions {
  /** An image reference, or how to build one. */
  readonly image: string | BuildSource
}

export interface DeployServiceResult extends ReviseResult {
  readonly image: string
  readonly previousImage: string
}

/**
 * Brings a new image to a service: builds and pushes it, registers a revision that differs in the image alone,
 * updates the service and waits.
 */
export async function deployService(context: Context, options: DeployServiceOptions): Promise<DeployServiceResult> {
  const source = options.image
  await checkImageSource(context, source)
  // ECS looks up what a tag stands for when a deployment starts.
  const isForced = typeof source !== 'string' && buildsEveryTime(source)
  let newImage: Step<string> | undefined
  const {result, before, value} = await reviseService(context, options, (running) => {
    const image = newImageStep(context, options, running)
    newImage = image
    return {
      edit: {
        needs: {image},
        edit: (registration, {container}, needs) =>
          needs.image === undefined
            ? undefined
            : withContainer(registration, container.name, (each) => ({...each, image: needs.image})),
        detail: ({container}, needs) => `image ${container.image} → ${needs.image ?? 'the new one'}`,
      },
      force: () => isForced,
    }
  })
  const previousImage = before.container.image ?? ''
  return {...result, image: (newImage && value(newImage)) ?? previousImage, previousImage}
}

function newImageStep(
  context: Context,
  {image, name}: DeployServiceOptions,
  running: Step<RunningService>,
): Step<string> {
  if (typeof image === 'string') return known('image', image)
  // The architecture is only known once the service is described; everything else about the build is not.
  const architecture: Step<Architecture> = lookUp<Architecture, {running: typeof running}>({
    id: 'architecture',
    title: 'architecture',
    needs: {running},
    find: async (needs) =>
      needs.running?.revision.taskDefinition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64',
  })
  return imageStep(context, {
    repositoryName: repositoryName(name),
    source: image,
    architecture,
    tags: withMarks({}, name),
  })
}
