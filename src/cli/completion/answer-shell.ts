import {devNull} from 'node:os'
import type {Environment} from '../../output/streams.js'
import {startInBackground} from '../../process/background.js'
import {createSystemClock} from '../clock.js'
import {awsProfiles} from './aws-profiles.js'
import type {Candidate} from './candidate.js'
import type {Completion} from './complete-word.js'
import {completeWord} from './complete-word.js'
import {cachedNames} from './names-cache.js'
import {namesFile, namesScope} from './names-scope.js'
import {readProgram} from './program-shape.js'
import {readWords} from './read-words.js'
import type {Refresh} from './refresh-names.js'
import {regions} from './regions.js'
import {shellText, splitShellLine} from './shell-line.js'

interface Place {
  /** The folder of the package. */
  readonly root: string
  readonly env: Environment
  readonly cwd: string
}

/**
 * Answers `fargate __complete …`, which the scripts of `fargate completion` call:
 *
 * - `bash <line up to the cursor> <COMP_WORDBREAKS>`: lines that readline puts in the place of the word
 * - `words <word at the cursor> <words in front of it, the program first …>`: lines `value<TAB>description`
 * - `marked =<word at the cursor> <words …>`: the same for a shell that drops empty arguments
 * - `refresh <JSON>`: what the program itself starts in the background to ask AWS for names
 *
 * A single line `:file` or `:folder` leaves it to the shell to complete a path. An error completes nothing and prints
 * nothing: it would end up in the middle of the line that somebody types.
 */
export async function answerShell([how, ...rest]: readonly string[], root: string): Promise<void> {
  const place = {root, env: process.env, cwd: process.cwd()}
  try {
    if (how === 'refresh') {
      const {refreshNames} = await import('./refresh-names.js')
      return await refreshNames(JSON.parse(rest[0] ?? '') as Refresh, place)
    }
    const lines =
      how === 'bash' ? await bashLines(rest, place) : await wordLines(how === 'marked' ? unmarked(rest) : rest, place)
    process.stdout.write(lines.map((line) => `${line}\n`).join(''))
  } catch {
    // As said above: whoever types sees no candidates.
  }
}

async function bashLines([line = '', breaks = '']: readonly string[], place: Place): Promise<string[]> {
  const {words, word, kept, quote} = splitShellLine(line, breaks)
  const found = await answers(words, word, place)
  if (typeof found === 'string') return [found]
  return found.flatMap(({value}) => shellText(value.slice(kept), quote) ?? [])
}

async function wordLines([word = '', ...words]: readonly string[], place: Place): Promise<string[]> {
  const found = await answers(words, word, place)
  if (typeof found === 'string') return [found]
  return found.map(({value, description}) => (description ? `${value}\t${oneLine(description)}` : value))
}

const unmarked = ([word = '', ...words]: readonly string[]): string[] => [word.slice(1), ...words]

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

async function answers(line: readonly string[], word: string, {root, env, cwd}: Place): Promise<Candidate[] | string> {
  const start = line.findIndex((each) => !/^[A-Za-z_]\w*=/.test(each))
  const assigned = line.slice(0, Math.max(0, start)).map((each) => each.split(/=(.*)/s, 2))
  const place = {root, env: {...env, ...Object.fromEntries(assigned)}, cwd}
  const program = readProgram(root)
  const words = readWords(program, line.slice(start + 1))
  if (words === undefined) return []
  const completion = completeWord(program, words, word)
  if (completion.kind === 'file' || completion.kind === 'folder') return `:${completion.kind}`
  const candidates = [...completion.candidates, ...(await valuesOf(completion, words.flags, place))]
  return candidates
    .filter(({value}) => !completion.taken.includes(value))
    .map(({value, description}) => ({value: completion.prefix + value, description}))
    .filter(({value}) => value.startsWith(word))
}

async function valuesOf(
  {kind}: Completion,
  flags: ReadonlyMap<string, readonly string[]>,
  {env, cwd}: Omit<Place, 'root'>,
): Promise<readonly Candidate[]> {
  if (kind === undefined || kind === 'file' || kind === 'folder') return []
  if (kind === 'region') return regions
  if (kind === 'profile') return (await awsProfiles(env)).map((value) => ({value}))
  const scope = await namesScope(kind, flags, {env, cwd})
  const file = await namesFile(scope, env)
  const question = JSON.stringify({scope, file} satisfies Refresh)
  const command = [process.execPath, process.argv[1] ?? '', '__complete', 'refresh', question] as const
  const names = await cachedNames({
    file,
    clock: createSystemClock(),
    refresh: async () => void (await startInBackground({command: [...command], logFile: devNull, env})),
  })
  return names.map((value) => ({value}))
}
