import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {listNames} from '../../actions/completion/list-names.js'
import {defaultClusterName} from '../../lib/resource-names.js'
import {chooseOutput} from '../../output/choose.js'
import type {Environment} from '../../output/streams.js'
import {systemTimers} from '../../output/timers.js'
import {createSystemClock} from '../clock.js'
import {createContext} from '../context.js'
import type {GlobalFlags} from '../global-flags.js'
import {checkGlobalFlags} from '../global-flags.js'
import {readProjectFile} from '../project-file/read-project-file.js'
import {giveUp, writeNames} from './names-cache.js'
import type {NamesScope} from './names-scope.js'

/** Nobody waits for the names of this attempt any more. */
const timeoutMs = 10_000

export interface Refresh {
  readonly scope: NamesScope
  /** Where the names go. */
  readonly file: string
}

/** Asks AWS for names and puts them into the cache. Former names stay where AWS does not answer. */
export async function refreshNames(
  {scope, file}: Refresh,
  {root, env, cwd}: {readonly root: string; readonly env: Environment; readonly cwd: string},
): Promise<void> {
  try {
    const flags = await globalFlagsOf(scope)
    checkGlobalFlags(flags)
    const signal = AbortSignal.timeout(timeoutMs)
    const quiet = {json: false, noColor: true, quiet: true, verbose: false}
    const output = chooseOutput({streams: process, env, timers: systemTimers, signal, ...quiet})
    const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string}
    const context = await createContext(flags, {env, cwd, signal, output, version})
    const {kind} = scope
    await writeNames(file, await listNames(context, {kind, cluster: flags.cluster}), createSystemClock())
  } catch {
    // Whoever types a command line has asked for no error; the command itself will tell it.
    await giveUp(file)
  }
}

async function globalFlagsOf({cluster, region, profile, local, projectFile}: NamesScope): Promise<GlobalFlags> {
  const settings = projectFile === undefined ? [] : (await readProjectFile(projectFile)).settings
  const inFile = new Map(settings.map(({flag, values}) => [flag, values[0]]))
  return {
    cluster: cluster ?? inFile.get('cluster') ?? defaultClusterName,
    region: region ?? inFile.get('region'),
    profile: profile ?? inFile.get('profile'),
    local,
    'no-color': true,
    quiet: true,
    verbose: false,
  }
}
