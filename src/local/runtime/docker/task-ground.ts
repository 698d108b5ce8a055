import type {Engine} from './engine.js'
import {pauseProgram} from './pause-program.js'
import type {ServerIdentity} from './server-identity.js'
import {serverLabels} from './server-identity.js'
import {tarOf} from './tar.js'

const REPOSITORY = 'fargate-local-pause'

/** What a task's network namespace is made from. */
export interface TaskGround {
  /** The name of an image whose program only waits. */
  readonly pauseImage: string
  /** The id of a bridge network. */
  readonly network: string
}

/**
 * Makes what all tasks of a server need in the engine. Each server has its own, so that none misses it when another
 * one ends; a network of its own also keeps the tasks apart from the other containers of the machine.
 */
export async function prepareGround(engine: Engine, server: ServerIdentity): Promise<TaskGround> {
  const labels = serverLabels(server)
  const changes = Object.entries(labels).map(([name, value]) => `LABEL ${name}=${JSON.stringify(value)}`)
  const archive = tarOf('pause', pauseProgram(engine.facts.architecture))
  await engine.importImage(archive, REPOSITORY, server.id, ['ENTRYPOINT ["/pause"]', ...changes])
  const network = await engine.createNetwork(`fargate-local-${server.id}`, labels)
  return {pauseImage: `${REPOSITORY}:${server.id}`, network}
}
