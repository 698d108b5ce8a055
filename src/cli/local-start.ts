import type {Environment} from '../output/streams.js'
import type {GlobalFlags} from './global-flags.js'
import type {LocalServer} from './local-address.js'
import {stateFolder} from './local-address.js'
import type {Start} from './local-server.js'
import type {LocalVariables} from './local-variables.js'
import {localVariables} from './local-variables.js'

export interface LocalStartResult {
  readonly url: string
  /** Where a browser shows it live. */
  readonly page: string
  readonly pid: number
  /** False when it was running already. */
  readonly started: boolean
  /** Whether it goes on with what an earlier run has left. */
  readonly resumed: boolean
  readonly stateFolder: string
  readonly speed: number
  /** How tasks run: `docker` or `simulated`. */
  readonly runtime: string
  readonly runtimeReason: string
  readonly environment: LocalVariables
}

export function localStartResult(
  server: LocalServer,
  {started, flags, env}: {readonly started: boolean; readonly flags: GlobalFlags; readonly env: Environment},
): LocalStartResult {
  const {url, page, pid, resumed, speed, runtime, runtimeReason} = server
  return {
    url,
    page,
    pid,
    started,
    resumed,
    stateFolder: stateFolder(env),
    speed,
    runtime,
    runtimeReason,
    environment: localVariables(flags, env, server),
  }
}

/** What a person should know who did not get what was asked for, or lost something. */
export function startWarnings(
  {server, started, killed}: Start,
  wanted: {readonly port: number; readonly speed: number},
): string[] {
  if (started) {
    return killed === undefined
      ? []
      : [`the former one (process ${killed.pid}) has ended without being stopped; this one goes on with what it saved`]
  }
  return [
    ...(wanted.port === 0 || wanted.port === server.port ? [] : [`it keeps its port, ${server.port}`]),
    ...(wanted.speed === 1 || wanted.speed === server.speed ? [] : [`it keeps its speed, ${server.speed}`]),
  ]
}
