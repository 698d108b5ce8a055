import type {Command} from '@smithy/types'

/** What the SDK gives for one operation: a command class. */
export type CommandClass = new (input: never) => object

export type InputOf<Class extends CommandClass> = ConstructorParameters<Class>[0]

export type OutputOf<Class extends CommandClass> =
  InstanceType<Class> extends Command<
    infer _ClientInput,
    infer _Input,
    infer _ClientOutput,
    infer Output,
    infer _Config
  >
    ? Output
    : never

export interface CallOptions {
  /** Ends the call early; the signal of the whole command where it is not given. */
  readonly signal?: AbortSignal
}

/**
 * One AWS service, as the adapters see it: a function that takes an operation's name and input.
 * The SDK client behind it is loaded at the first call, and its errors arrive as CliError.
 *
 * @example const {services} = await ecs('DescribeServices', {cluster, services: [name]})
 */
export type AwsCalls<Operations extends Readonly<Record<string, CommandClass>>> = <
  Name extends keyof Operations & string,
>(
  name: Name,
  input: InputOf<Operations[Name]>,
  options?: CallOptions,
) => Promise<OutputOf<Operations[Name]>>
