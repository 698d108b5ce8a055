import type {Environment} from '../../output/streams.js'
import type {AppliedSetting, FlagDefinition} from './defaults.js'
import {findProjectFile} from './find-project-file.js'
import type {ProjectFile} from './project-file.js'

/** What oclif's parser answers, as far as it matters here. */
interface ParsedLine {
  readonly args: Readonly<Record<string, unknown>>
  readonly raw: readonly {readonly type: string; readonly input: string; readonly flag?: string}[]
}

export interface ParseOptions<Line extends ParsedLine> {
  readonly flags: Readonly<Record<string, FlagDefinition>>
  /** Whether the file's settings for the service that the line names count. */
  readonly takesServiceDefaults: boolean
  readonly env: Environment
  readonly cwd: string
  parse(words: string[]): Promise<Line>
}

/** The project file of a command line, and what of it counts there. */
export interface AppliedProjectFile {
  readonly file: ProjectFile
  readonly applied: readonly AppliedSetting[]
}

/**
 * Parses a command line. What the project file sets counts as if it were typed, where neither the line nor the
 * environment says something else.
 *
 * @throws UsageError when the line or the file is not valid
 */
export async function parseWithProjectFile<Line extends ParsedLine>(
  words: string[],
  {flags, takesServiceDefaults, env, cwd, parse}: ParseOptions<Line>,
): Promise<{readonly line: Line; readonly project?: AppliedProjectFile}> {
  const line = await parse(words)
  const path = await findProjectFile(env, cwd)
  if (path === undefined) return {line}
  // The YAML parser is loaded where there is something to read.
  const [{readProjectFile}, {projectDefaults}, {explainSource}] = await Promise.all([
    import('./read-project-file.js'),
    import('./defaults.js'),
    import('./explain-source.js'),
  ])
  const {service} = line.args
  const file = await readProjectFile(path)
  const applied = projectDefaults(file, {
    flags,
    typed: line.raw.flatMap(({type, flag, input}) => (type === 'flag' && flag ? [{flag, input}] : [])),
    env,
    service: takesServiceDefaults && typeof service === 'string' ? service : undefined,
  })
  const project = {file, applied}
  if (applied.length === 0) return {line, project}
  try {
    return {line: await parse([...applied.flatMap((setting) => setting.words), ...words]), project}
  } catch (error) {
    throw explainSource(error, path, cwd, applied)
  }
}
