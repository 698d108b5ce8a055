import type {Interfaces} from '@oclif/core'
import {Command, Errors} from '@oclif/core'
import type {Context} from '../actions/context.js'
import {chooseOutput} from '../output/choose.js'
import type {Output} from '../output/output.js'
import type {Paint} from '../output/paint.js'
import {createPaint, wantsColor} from '../output/paint.js'
import type {Environment} from '../output/streams.js'
import {systemTimers} from '../output/timers.js'
import {hasFlag, spellOutBooleans} from './argv.js'
import {createContext} from './context.js'
import {cliErrorOf, failureDocument, failureText} from './failure.js'
import type {GlobalFlags} from './global-flags.js'
import {checkGlobalFlags, globalFlags} from './global-flags.js'
import {watchInterruptions} from './interruption.js'
import {parseErrorOf} from './parse-error.js'
import type {FlagDefinition} from './project-file/defaults.js'
import type {AppliedProjectFile} from './project-file/parse-with-project-file.js'
import {parseWithProjectFile} from './project-file/parse-with-project-file.js'
import {markReported} from './reported.js'
import {isTruthy} from './truth.js'

/** What all commands have in common: global flags, the context, how failures are shown, the exit code. */
export abstract class BaseCommand<Result extends object> extends Command {
  static override enableJsonFlag = true
  static override baseFlags = globalFlags

  /** Whether the project file's settings for the service that is named count for the flags of this command. */
  static takesServiceDefaults = false

  /** The project file and what of it counts, once the command line is parsed. */
  protected project: AppliedProjectFile | undefined

  #interruptions: ReturnType<typeof watchInterruptions> | undefined

  /** @returns the result, which is the document that `--json` prints */
  abstract override run(): Promise<Result>

  /** Makes what the command works with; from now on Ctrl-C aborts its signal. Call it once, after `parse`. */
  protected async context(flags: GlobalFlags): Promise<Context> {
    const {signal} = this.interruptions()
    return createContext(flags, {
      env: process.env,
      cwd: process.cwd(),
      signal,
      output: this.output(flags),
      version: this.config.version,
    })
  }

  /** The output alone, for a command that does not talk to AWS. */
  protected output(flags: GlobalFlags): Output {
    return chooseOutput({
      streams: process,
      env: process.env,
      json: this.jsonEnabled(),
      noColor: flags['no-color'],
      quiet: flags.quiet,
      verbose: flags.verbose,
      timers: systemTimers,
      signal: this.interruptions().signal,
    })
  }

  /** The environment variables, for what a command does without a context. */
  protected get env(): Environment {
    return process.env
  }

  /** The folder in which the command runs. */
  protected get cwd(): string {
    return process.cwd()
  }

  /** Where a person types, for a command that asks for more than a yes. */
  protected get streams(): Pick<NodeJS.Process, 'stdin' | 'stderr'> {
    return process
  }

  /** Ends the program with another exit code than 0 though the command has done what it was asked for. */
  protected endWith(exitCode: number): void {
    process.exitCode = exitCode
  }

  /** Colors for what goes to standard output. */
  protected paint(): Paint {
    return createPaint(wantsColor(process.stdout, process.env, this.#globalFlag('no-color')))
  }

  /** Aborted by Ctrl-C and SIGTERM. */
  protected interruptions(): {readonly signal: AbortSignal} {
    this.#interruptions ??= watchInterruptions(process)
    return this.#interruptions
  }

  override jsonEnabled(): boolean {
    return super.jsonEnabled() || this.#globalFlag('json')
  }

  /**
   * Reads flags and arguments. Unlike oclif it never takes an argument from standard input, gives a repeatable flag one
   * value at a time, and understands `--flag=false`.
   *
   * @throws UsageError
   */
  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(
    options: Interfaces.Input<F, B, A> = this.ctor as unknown as Interfaces.Input<F, B, A>,
    argv: string[] = this.argv,
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const all: Interfaces.FlagInput = {...options.baseFlags, ...options.flags}
    const input = {
      ...options,
      args: mapValues<object>(options.args ?? {}, (arg) => ({...arg, ignoreStdin: true})),
      baseFlags: {},
      flags: mapValues(all, (flag) =>
        'multiple' in flag && flag.multiple ? {...flag, multipleNonGreedy: true} : flag,
      ),
      enableJsonFlag: false,
    } as unknown as Interfaces.Input<F, B, A>
    try {
      const {takesServiceDefaults} = this.ctor as typeof BaseCommand
      const {line: parsed, project} = await parseWithProjectFile(spellOutBooleans(argv, all), {
        flags: all as Readonly<Record<string, FlagDefinition>>,
        takesServiceDefaults,
        env: process.env,
        cwd: process.cwd(),
        parse: (words) => super.parse(input, words),
      })
      this.project = project
      checkGlobalFlags(parsed.flags as Partial<GlobalFlags>)
      return {...parsed, flags: {...absentBooleans(all), ...parsed.flags}}
    } catch (error) {
      throw parseErrorOf(error, {name: this.#typedName(), flagNames: Object.keys(all).map((name) => `--${name}`)})
    }
  }

  /** Shows a failure, and passes it on with its exit code. */
  protected override async catch(thrown: unknown): Promise<never> {
    if (thrown instanceof Errors.ExitError) throw thrown
    const error = cliErrorOf(thrown, this.#interruptions?.signal)
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(error))
    else {
      const paint = createPaint(wantsColor(process.stderr, process.env, this.#globalFlag('no-color')))
      process.stderr.write(failureText(error, paint, this.#globalFlag('verbose')))
    }
    throw markReported(error)
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.#interruptions?.stop()
    await super.finally(error)
  }

  protected override logJson(document: unknown): void {
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  }

  /** Prints a document in one line, for a command that prints many as it goes on. */
  protected logJsonLine(document: object): void {
    process.stdout.write(`${JSON.stringify(document)}\n`)
  }

  /** oclif would print all that the error holds: the whole configuration, for a flag error. */
  protected override toErrorJson(error: unknown): object {
    return failureDocument(cliErrorOf(error))
  }

  /** Known before the flags are parsed, and when they cannot be. */
  #globalFlag(name: 'json' | 'no-color' | 'verbose'): boolean {
    const spellings = [`--${name}`, `--${name}=true`, ...(name === 'verbose' ? ['-v'] : [])]
    return hasFlag(this.argv, ...spellings) || isTruthy(process.env[globalFlags[name].env ?? ''])
  }

  #typedName(): string {
    return [this.config.bin, ...(this.id ?? '').split(':')].join(' ')
  }
}

/** A boolean flag that is not given is false, as its type says, and not undefined; but for one with a default of its own. */
function absentBooleans(flags: Interfaces.FlagInput): Record<string, boolean> {
  const isPlain = (flag: object = {}) => 'type' in flag && flag.type === 'boolean' && !('default' in flag)
  const names = Object.keys(flags).filter((name) => isPlain(flags[name]))
  return Object.fromEntries(names.map((name) => [name, false]))
}

function mapValues<Value extends object>(record: Readonly<Record<string, Value>>, change: (value: Value) => object) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
