import type {CommandShape, FlagShape, Program} from './program-shape.js'

/** What the words in front of the one that is completed say. */
export interface WordsSoFar {
  /** The words of the command or topic: `['service', 'env']`. */
  readonly path: readonly string[]
  /** `undefined` as long as the words are those of a topic. */
  readonly command: CommandShape | undefined
  /** The values of each flag; `true` for one without a value. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly args: readonly string[]
  /** The flag whose value comes next. */
  readonly pending: FlagShape | undefined
  /** Whether nothing is a flag any more, because of `--`. */
  readonly onlyArguments: boolean
  /** Whether the line asks for help: `fargate help service`. */
  readonly isHelp: boolean
}

/**
 * Reads the words of a line in the order that the program takes: the command, among which global flags may stand, then
 * flags and arguments.
 *
 * @param words all but the name of the program and the word that is completed
 * @returns `undefined` when no command or topic begins like this
 */
export function readWords(program: Program, words: readonly string[]): WordsSoFar | undefined {
  const reader = new Reader(program)
  for (const word of words) if (!reader.take(word)) return undefined
  return reader
}

class Reader implements WordsSoFar {
  readonly #program: Program
  readonly path: string[] = []
  readonly flags = new Map<string, string[]>()
  readonly args: string[] = []
  command: CommandShape | undefined
  pending: FlagShape | undefined
  onlyArguments = false
  isHelp = false

  constructor(program: Program) {
    this.#program = program
  }

  /** Answers whether the word can stand here. */
  take(word: string): boolean {
    if (this.pending !== undefined) {
      this.#add(this.pending, word)
      this.pending = undefined
      return true
    }
    if (this.onlyArguments || !word.startsWith('-') || word === '-') return this.#takeWord(word)
    if (word === '--') this.onlyArguments = true
    else if (word.startsWith('--')) this.#takeLong(word)
    else this.#takeShort(word)
    return true
  }

  #takeWord(word: string): boolean {
    if (this.command !== undefined) {
      this.args.push(word)
      return true
    }
    if (word === 'help' && this.path.length === 0 && !this.isHelp) {
      this.isHelp = true
      return true
    }
    this.path.push(word)
    const id = this.path.join(':')
    this.command = this.#program.commands[id]
    return this.command !== undefined || Object.keys(this.#program.commands).some((each) => each.startsWith(`${id}:`))
  }

  #takeLong(word: string): void {
    const equals = word.indexOf('=')
    const flag = flagsOf(this.#program, this.command)[word.slice(2, equals === -1 ? undefined : equals)]
    if (flag === undefined) {
      if (word.startsWith('--no-')) this.flags.set(word.slice(5), ['false'])
    } else if (equals !== -1) this.#add(flag, word.slice(equals + 1))
    else if (flag.type === 'boolean') this.#add(flag, 'true')
    else this.pending = flag
  }

  /** `-n 3`, `-n3`, and letters without a value one after the other: `-qv`. */
  #takeShort(word: string): void {
    const flag = flagOfLetter(flagsOf(this.#program, this.command), word[1])
    const rest = word.slice(2)
    if (flag === undefined) return
    if (flag.type === 'option') {
      if (rest === '') this.pending = flag
      else this.#add(flag, rest)
      return
    }
    this.#add(flag, 'true')
    if (rest !== '') this.#takeShort(`-${rest}`)
  }

  #add(flag: FlagShape, value: string): void {
    const values = flag.delimiter === undefined ? [value] : value.split(flag.delimiter)
    this.flags.set(flag.name, [...(this.flags.get(flag.name) ?? []), ...values])
  }
}

/** The flags that can be typed: those of the command, or the global ones in front of it. */
export function flagsOf(
  {globalFlags}: Program,
  command: CommandShape | undefined,
): Readonly<Record<string, FlagShape>> {
  return command?.flags ?? globalFlags
}

export const flagOfLetter = (
  flags: Readonly<Record<string, FlagShape>>,
  letter: string | undefined,
): FlagShape | undefined => Object.values(flags).find(({char}) => char !== undefined && char === letter)
