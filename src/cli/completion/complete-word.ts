import type {Candidate} from './candidate.js'
import type {FlagShape, Program} from './program-shape.js'
import type {WordsSoFar} from './read-words.js'
import {flagOfLetter, flagsOf} from './read-words.js'
import type {ValueKind} from './value-kinds.js'
import {kindOfArgument, kindOfFlag} from './value-kinds.js'

/** What can stand in the place of the word: candidates, or values of a kind that have yet to be found. */
export interface Completion {
  readonly candidates: readonly Candidate[]
  readonly kind?: ValueKind
  /** The part of the word that stays as it is: `--cluster=` or `one,`. */
  readonly prefix: string
  /** Values that stand on the line already and would be there twice. */
  readonly taken: readonly string[]
}

const nothing: Completion = {candidates: [], prefix: '', taken: []}

/**
 * What can stand in the place of a word. The candidates are all that there are; the caller keeps those that begin with
 * the word.
 */
export function completeWord(program: Program, line: WordsSoFar, word: string): Completion {
  if (line.pending !== undefined) return flagValue(line, line.pending, '', word)
  const flags = flagsOf(program, line.command)
  if (line.onlyArguments || !word.startsWith('-')) return argumentOrCommand(program, line)
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? []
  if (name !== undefined) return flagValue(line, flags[name], `--${name}=`, value ?? '')
  const short = flagOfLetter(flags, word[1])
  if (word.length > 2 && short?.type === 'option') return flagValue(line, short, word.slice(0, 2), word.slice(2))
  return {...nothing, candidates: flagNames(line, Object.values(flags), word)}
}

function argumentOrCommand(program: Program, line: WordsSoFar): Completion {
  const {command, args} = line
  if (command === undefined) return {...nothing, candidates: nextWords(program, line)}
  const argument = Object.values(command.args)[args.length]
  if (argument === undefined || line.isHelp) return nothing
  if (argument.options !== undefined) return {...nothing, candidates: argument.options.map((value) => ({value}))}
  const kind = kindOfArgument(command.id, argument.name)
  return {...nothing, ...(kind !== undefined && {kind})}
}

/** The next word of a command or topic, each once. */
function nextWords({commands, topics}: Program, {path, isHelp}: WordsSoFar): Candidate[] {
  const above = path.map((word) => `${word}:`).join('')
  const found = new Map<string, string | undefined>()
  for (const {id, summary, hidden} of Object.values(commands)) {
    if (hidden || !id.startsWith(above)) continue
    const [next = '', ...rest] = id.slice(above.length).split(':')
    if (rest.length === 0) found.set(next, summary)
    else if (!found.has(next)) found.set(next, topics.get(`${above}${next}`))
  }
  if (path.length === 0 && !isHelp) found.set('help', 'show the help of a command')
  return [...found]
    .map(([value, description]) => ({value, description}))
    .sort((one, other) => (one.value < other.value ? -1 : 1))
}

/** The values of a flag, behind the part of the word that stays. */
function flagValue(line: WordsSoFar, flag: FlagShape | undefined, start: string, text: string): Completion {
  if (flag === undefined) return nothing
  if (flag.type === 'boolean') return {...nothing, candidates: options(['true', 'false']), prefix: start}
  const listed = flag.delimiter === undefined ? 0 : text.lastIndexOf(flag.delimiter) + 1
  const taken = [...(line.flags.get(flag.name) ?? []), ...text.slice(0, listed).split(flag.delimiter ?? ',')]
  const place = {prefix: start + text.slice(0, listed), taken: flag.multiple ? taken : []}
  if (flag.options !== undefined) return {...place, candidates: options(flag.options)}
  const kind = kindOfFlag(line.command?.id, flag.name)
  return {...place, candidates: [], ...(kind !== undefined && {kind})}
}

const options = (values: readonly string[]): Candidate[] => values.map((value) => ({value}))

/** Flags that can still be given; the letters too while the word could become one. */
function flagNames({flags: given, command}: WordsSoFar, flags: readonly FlagShape[], word: string): Candidate[] {
  const excluded = new Set(flags.flatMap(({name, exclusive = []}) => (given.has(name) ? exclusive : [])))
  const possible = flags.filter(
    ({name, hidden, multiple}) => !hidden && !excluded.has(name) && (multiple || !given.has(name)),
  )
  const long = possible.flatMap((flag): Candidate[] => {
    const {name, description, allowNo} = flag
    return [{value: `--${name}`, description}, ...(allowNo ? [{value: `--no-${name}`, description}] : [])]
  })
  const short = possible.flatMap(({char, description}) =>
    char === undefined ? [] : [{value: `-${char}`, description}],
  )
  const help = {value: '--help', description: 'show the help'}
  return [...long, ...(command?.flags.help ? [] : [help]), ...(word.startsWith('--') ? [] : short)]
}
