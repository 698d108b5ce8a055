import {relative} from 'node:path'
import type {Environment} from '../output/streams.js'
import type {GlobalFlags} from './global-flags.js'
import {globalFlags} from './global-flags.js'
import {stateFolder} from './local-address.js'
import type {AppliedProjectFile} from './project-file/parse-with-project-file.js'

export interface ConfiguredSetting {
  readonly name: string
  /** null where nothing sets it. */
  readonly value: string | null
  /** A flag, an environment variable, a place in the project file, the AWS configuration, or `default`. */
  readonly source: string
}

/** What a project file says of one service; values of variables can be secret and are left out. */
export interface ConfiguredService {
  readonly name: string
  readonly settings: readonly {readonly flag: string; readonly values: readonly string[]; readonly line: number}[]
}

export interface Configuration {
  /** Relative to the current folder; null where there is none. */
  readonly projectFile: string | null
  readonly settings: readonly ConfiguredSetting[]
  readonly services: readonly ConfiguredService[]
}

export interface ConfigurationOptions {
  readonly flags: GlobalFlags
  /** The names of the flags that were typed; those that the project file sets may be among them. */
  readonly typed: ReadonlySet<string>
  readonly env: Environment
  readonly cwd: string
  readonly project: AppliedProjectFile | undefined
  /** The region that the AWS SDK finds; undefined where it finds none. */
  readonly region: string | undefined
}

/** All that counts in a folder, each with where it comes from. */
export function configuration(options: ConfigurationOptions): Configuration {
  const {project, cwd} = options
  const services = [...(project?.file.services ?? [])].map(([name, settings]) => ({
    name,
    settings: settings.map(({flag, values, line}) => ({flag, line, values: shownValues(flag, values)})),
  }))
  const projectFile = project === undefined ? null : relative(cwd, project.file.path)
  return {projectFile, settings: configuredSettings(options), services}
}

const withSecretValues = new Set(['env', 'build-arg'])

function shownValues(flag: string, values: readonly string[]): readonly string[] {
  return withSecretValues.has(flag) ? values.map((value) => value.split('=', 1)[0] ?? '') : values
}

function configuredSettings(options: ConfigurationOptions): ConfiguredSetting[] {
  const {flags, env, region} = options
  return [
    {name: 'cluster', value: flags.cluster, source: sourceOf('cluster', options) ?? 'default'},
    {name: 'region', value: region ?? null, source: sourceOf('region', options) ?? regionSource(options)},
    {
      name: 'profile',
      value: flags.profile ?? (env.AWS_PROFILE || null),
      source: sourceOf('profile', options) ?? (env.AWS_PROFILE ? 'environment AWS_PROFILE' : 'default'),
    },
    {name: 'local', value: String(flags.local), source: sourceOf('local', options) ?? 'default'},
    variable('endpoint', 'AWS_ENDPOINT_URL', null, env),
    variable('docker', 'FARGATE_DOCKER', 'docker', env),
    variable('state folder of the local AWS', 'FARGATE_STATE_DIR', stateFolder(env), env),
  ]
}

function sourceOf(
  name: keyof typeof globalFlags,
  {typed, env, project, cwd}: ConfigurationOptions,
): string | undefined {
  const setting = project?.applied.find(({flag}) => flag === name)
  if (project !== undefined && setting !== undefined) return `${relative(cwd, project.file.path)}:${setting.line}`
  if (typed.has(name)) return `flag --${name}`
  const {env: variableName = ''} = globalFlags[name] as {readonly env?: string}
  return env[variableName] ? `environment ${variableName}` : undefined
}

function regionSource({env, flags, region}: ConfigurationOptions): string {
  if (env.AWS_REGION) return 'environment AWS_REGION'
  if (flags.local) return 'default of the local AWS'
  return region === undefined ? 'not set' : 'AWS configuration'
}

function variable(name: string, variableName: string, otherwise: string | null, env: Environment): ConfiguredSetting {
  const value = env[variableName]
  if (value) return {name, value, source: `environment ${variableName}`}
  return {name, value: otherwise, source: otherwise === null ? 'not set' : 'default'}
}
