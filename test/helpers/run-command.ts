import {Config} from '@oclif/core'
import {vi} from 'vitest'
import type {BaseCommand} from '../../src/cli/base-command.js'

type CommandClass = new (argv: string[], config: Config) => BaseCommand<object>

export interface CommandRun {
  readonly result: object | undefined
  /** What the command threw, after it has shown it. */
  readonly error: unknown
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command class in this process, without the rest of the program: no manifest, no hooks, no exit. Its id is taken
 * from `id`, as `service:list`.
 */
export async function runCommand(Class: CommandClass, argv: readonly string[], id = 'probe'): Promise<CommandRun> {
  const stdout = capture(process.stdout)
  const stderr = capture(process.stderr)
  try {
    const command = new Class([...argv], await emptyConfig())
    command.id = id
    const outcome = await (command as unknown as {_run(): Promise<object>})._run().then(
      (result) => ({result, error: undefined}),
      (error: unknown) => ({result: undefined, error}),
    )
    return {...outcome, stdout: stdout.text(), stderr: stderr.text()}
  } finally {
    stdout.restore()
    stderr.restore()
  }
}

async function emptyConfig(): Promise<Config> {
  const oclif = {bin: 'fargate', dirname: 'fargate', topicSeparator: ' ' as const}
  const config = new Config({root: import.meta.dirname, pjson: {name: 'fargate', version: '1.2.3', oclif} as never})
  await config.load()
  return config
}

function capture(stream: NodeJS.WriteStream) {
  const texts: string[] = []
  const spy = vi.spyOn(stream, 'write').mockImplementation((text) => {
    texts.push(String(text))
    return true
  })
  return {text: () => texts.join(''), restore: () => spy.mockRestore()}
}
