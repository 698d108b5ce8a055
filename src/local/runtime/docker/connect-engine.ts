import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {Engine} from './engine.js'
import {EngineConnection, EngineError} from './engine-connection.js'

/** The newest version of the engine's API whose documents are known here. */
const KNOWN_API = '1.44'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The unix socket of the engine: the one that DOCKER_HOST names, else the first of the usual places that is there.
 *
 * @throws Error when DOCKER_HOST names something else than a socket
 */
export function engineSocket(env: Environment, exists: (path: string) => boolean = existsSync): string {
  const host = env.DOCKER_HOST
  if (host) {
    if (host.startsWith('unix://')) return host.slice('unix://'.length)
    throw new Error(`DOCKER_HOST is ${host}: tasks can only run on an engine of this machine, at unix:///<path>`)
  }
  const usual = '/var/run/docker.sock'
  const places = [
    usual,
    ...(env.HOME ? [join(env.HOME, '.docker', 'run', 'docker.sock')] : []),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
  ]
  return places.find(exists) ?? usual
}

interface Version {
  readonly ApiVersion: string
  readonly MinAPIVersion?: string
  readonly Os: string
  readonly Arch: string
}

/**
 * Finds out what answers at a socket.
 *
 * @throws Error, in words for people, when no engine does, or one without Linux containers
 */
export async function connectEngine(socketPath: string): Promise<Engine> {
  const connection = new EngineConnection(socketPath)
  const version = (await ask(connection, '/version')) as Version
  if (version.Os !== 'linux') throw new Error(`the docker engine runs ${version.Os} containers, Fargate's are Linux`)
  const {NCPU} = (await ask(connection, '/info')) as {NCPU: number}
  return new Engine(connection, apiVersion(version), {architecture: version.Arch, os: version.Os, cpus: NCPU})
}

async function ask(connection: EngineConnection, path: string): Promise<unknown> {
  try {
    return await connection.ask({method: 'GET', path})
  } catch (error) {
    if (error instanceof EngineError && error.status === undefined) throw error
    throw new Error(`the docker engine does not work: ${(error as Error).message}`, {cause: error})
  }
}

/** The engine's own version, or the newest known here where the engine is newer and still knows that one. */
function apiVersion({ApiVersion, MinAPIVersion = '1.24'}: Version): string {
  if (isOlder(ApiVersion, KNOWN_API)) return ApiVersion
  return isOlder(KNOWN_API, MinAPIVersion) ? MinAPIVersion : KNOWN_API
}

function isOlder(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
