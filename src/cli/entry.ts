import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'

export interface RunOptions {
  readonly argv?: readonly string[]
  /** Whether the commands come from their TypeScript sources, whatever a former build has left. */
  readonly fromSources?: boolean
}

/**
 * Runs the program: one command line, to the exit code. What a shell asks while somebody types is answered before oclif
 * is loaded, which takes longer than the answer.
 *
 * @param location the URL of a file in the folder `bin` of the package
 */
export async function run(location: string, options: RunOptions = {}): Promise<void> {
  const {argv = process.argv.slice(2), fromSources = false} = options
  const [first, ...rest] = argv
  if (first === '__complete') {
    const {answerShell} = await import('./completion/answer-shell.js')
    return answerShell(rest, dirname(dirname(fileURLToPath(location))))
  }
  const {runProgram} = await import('./program.js')
  await runProgram(location, {argv, fromSources})
}
