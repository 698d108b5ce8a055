import {homedir} from 'node:os'
import type {Context} from '../actions/context.js'
import {createAwsClients} from '../aws/clients.js'
import type {AwsSettings} from '../aws/settings.js'
import {dockerConfigFile} from '../docker/credential-helper.js'
import {createDocker} from '../docker/docker.js'
import {createGit} from '../git/git.js'
import type {Output} from '../output/output.js'
import type {Environment} from '../output/streams.js'
import {createRunner} from '../process/execa-runner.js'
import {createSystemClock} from './clock.js'
import type {GlobalFlags} from './global-flags.js'
import {localListenerUrl, publicListenerUrl, requireLocalServer} from './local-address.js'
import {localSettings} from './local-variables.js'

/** What a command finds around it. */
export interface Surroundings {
  readonly env: Environment
  readonly cwd: string
  readonly signal: AbortSignal
  readonly output: Output
  /** Of this program, for the user agent. */
  readonly version: string
}

/** A throttled account answers after some seconds; the SDK's own three attempts end before that. */
const maxAttempts = 8

/**
 * Puts together what a command works with. Nothing is loaded, called or started here except that --local looks for the
 * local AWS.
 *
 * @throws MachineError with --local when no local AWS runs
 */
export async function createContext(flags: GlobalFlags, surroundings: Surroundings): Promise<Context> {
  const {env, cwd, signal, output, version} = surroundings
  const server = flags.local ? await requireLocalServer(env) : undefined
  const runner = createRunner(env)
  const settings: AwsSettings = {
    ...(server === undefined ? remoteSettings(flags, env) : localSettings(flags, server, env)),
    ...(!env.AWS_MAX_ATTEMPTS && {maxAttempts}),
    userAgent: {name: 'fargate', version},
    signal,
    now: () => Math.round(performance.now()),
    debug: (line) => output.debug(line),
  }
  return {
    aws: createAwsClients(settings),
    docker: createDocker({
      runner,
      program: env.FARGATE_DOCKER || 'docker',
      configFile: dockerConfigFile(env, homedir()),
      signal,
      onCommand: (commandLine) => output.info(`$ ${commandLine}`),
    }),
    git: createGit({runner, cwd, signal}),
    output,
    clock: createSystemClock(server && {speed: server.speed, origin: server.timeOrigin}),
    signal,
    listenerUrl: async (listener) =>
      server === undefined ? publicListenerUrl(listener) : localListenerUrl(server, listener),
  }
}

function remoteSettings({region, profile}: GlobalFlags, env: Environment) {
  const profileInUse = profile ?? (env.AWS_PROFILE || undefined)
  return {...(region !== undefined && {region}), ...(profile !== undefined && {profile}), profileInUse}
}
