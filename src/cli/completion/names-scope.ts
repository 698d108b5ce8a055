import {createHash} from 'node:crypto'
import {stat} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import type {NameKind} from '../../actions/completion/list-names.js'
import type {Environment} from '../../output/streams.js'
import {findProjectFile} from '../project-file/find-project-file.js'
import {isTruthy} from '../truth.js'

/** Which names are meant, as far as a line and its environment say it; the rest is in the project file. */
export interface NamesScope {
  readonly kind: NameKind
  readonly cluster?: string | undefined
  readonly region?: string | undefined
  readonly profile?: string | undefined
  readonly local: boolean
  /** The project file that counts. */
  readonly projectFile?: string | undefined
}

/** A flag wins over the environment. */
export async function namesScope(
  kind: NameKind,
  flags: ReadonlyMap<string, readonly string[]>,
  {env, cwd}: {readonly env: Environment; readonly cwd: string},
): Promise<NamesScope> {
  const setting = (name: string, variable: string) => flags.get(name)?.at(-1) || env[variable] || undefined
  return {
    kind,
    cluster: setting('cluster', 'FARGATE_CLUSTER'),
    region: setting('region', 'FARGATE_REGION'),
    profile: setting('profile', 'FARGATE_PROFILE'),
    local: isTruthy(setting('local', 'FARGATE_LOCAL')),
    projectFile: await findProjectFile(env, cwd),
  }
}

/** Variables that say which account and endpoint are meant, without those that hold a secret. */
const telling =
  /^(AWS_(ENDPOINT_URL\w*|ACCESS_KEY_ID|PROFILE|REGION|DEFAULT_REGION|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ROLE_ARN)|FARGATE_(LOCAL_ACCOUNT|STATE_DIR)|XDG_STATE_HOME)$/

/** The file of the cache that holds the names of a scope: names of two accounts or endpoints never mix. */
export async function namesFile(scope: NamesScope, env: Environment): Promise<string> {
  const variables = Object.entries(env).filter(([name]) => telling.test(name))
  const changed = scope.projectFile === undefined ? 0 : (await stat(scope.projectFile)).mtimeMs
  const identity = JSON.stringify([scope, changed, variables.toSorted()])
  const cache = env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache')
  return join(cache, 'fargate', 'completion', `${createHash('sha256').update(identity).digest('hex')}.json`)
}
