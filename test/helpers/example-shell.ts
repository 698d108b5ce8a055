import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {expect, inject} from 'vitest'
import {nodeProgram} from './node-program.js'

export interface ExampleShell {
  /** Runs a line as a person does who types it; it has to end with 0. */
  run(line: string): Promise<void>
  /** The same in another shell, where the machine has it. */
  runIn(program: 'zsh' | 'pwsh', line: string): Promise<void>
  /** The same on a terminal, where this is typed. */
  type(line: string, typed: string): Promise<void>
  /** The same for what goes on until Ctrl-C, which is pressed once there is something on standard output. */
  interrupt(line: string): Promise<void>
}

/** A shell in a folder, in which `fargate` is the built program. */
export async function exampleShell(folder: string, env: Readonly<Record<string, string>>): Promise<ExampleShell> {
  const bin = join(folder, '.bin')
  await mkdir(bin, {recursive: true})
  const program = join(bin, 'fargate')
  await writeFile(program, `#!/bin/sh\nexec "${nodeProgram}" "${join(inject('product'), 'bin', 'run.js')}" "$@"\n`)
  await chmod(program, 0o755)
  const options = {
    cwd: folder,
    env: {PATH: `${bin}:${process.env.PATH}`, HOME: folder, TERM: 'xterm', AWS_EC2_METADATA_DISABLED: 'true', ...env},
    extendEnv: false,
    reject: false,
  } as const
  return {
    async run(line) {
      const {exitCode, stdout, stderr} = await execa('bash', ['-c', line], {...options, input: ''})
      expect(exitCode, `${line}\n${stdout}\n${stderr}`).toBe(0)
    },
    async runIn(shell, line) {
      const start = shell === 'zsh' ? ['-c', `autoload -U compinit; compinit -D; ${line}`] : ['-c', line]
      const {exitCode, failed, stdout, stderr} = await execa(shell, start, {...options, input: ''})
      // Without an exit code there is no such program.
      if (failed && exitCode === undefined) return
      expect(exitCode, `${line}\n${stdout}\n${stderr}`).toBe(0)
    },
    async type(line, typed) {
      const log = join(folder, '.typescript')
      // A terminal without a size counts as none that a person watches.
      const command = `stty columns 120 rows 40; ${line}`
      const {exitCode} = await execa('script', ['-q', '-e', '-c', command, log], {...options, input: typed})
      expect(exitCode, `${line}\n${await readFile(log, 'utf8')}`).toBe(0)
    },
    async interrupt(line) {
      const running = execa('bash', ['-c', `exec ${line}`], {...options, stdin: 'ignore'})
      const ended = running.then(({exitCode, stdout, stderr}) => ({exitCode, text: `${line}\n${stdout}\n${stderr}`}))
      running.stdout.once('data', () => running.kill('SIGINT'))
      const {exitCode, text} = await ended
      expect(exitCode, text).toBe(0)
    },
  }
}
