import {MachineError} from '../errors/errors.js'
import {programFailure} from '../process/failure.js'
import type {ProcessError, Runner} from '../process/runner.js'
import {lastLines} from '../process/tail.js'

export type GitState =
  /** No git, or not inside a work tree. */
  | {readonly kind: 'none'}
  | {readonly kind: 'no-commits'}
  /** Git refuses a repository that belongs to another user; `hint` is the command that allows it. */
  | {readonly kind: 'untrusted'; readonly hint: string}
  /** `dirty`: the folder has changes or files that are not in the commit, ignored ones aside. */
  | {readonly kind: 'commit'; readonly commit: string; readonly dirty: boolean}

export interface Git {
  /**
   * Tells the commit that a folder is at, to name an image after it.
   *
   * @param folder the build context; only changes inside it make the state dirty
   * @throws MachineError GIT_FAILED when the repository cannot be read; CancelledError
   */
  describe(folder: string): Promise<GitState>
}

/** @param cwd what a relative folder is relative to */
export function createGit({runner, cwd, signal}: {runner: Runner; cwd: string; signal?: AbortSignal}): Git {
  /** Without optional locks a status never gets in the way of the user's own git. */
  async function git(folder: string, ...args: readonly string[]): Promise<string> {
    const command = ['git', '--no-optional-locks', '-C', folder, ...args] as const
    // Failures are told apart by their text, which is translated otherwise.
    const {stdout} = await runner.run(command, {cwd, env: {LC_ALL: 'C'}, ...(signal && {signal})})
    return stdout.trim()
  }

  return {
    async describe(folder) {
      try {
        const inside = await git(folder, 'rev-parse', '--is-inside-work-tree')
        if (inside !== 'true') return {kind: 'none'}
      } catch (error) {
        return stateOf(programFailure(error, 'asking git for the commit'))
      }
      try {
        const [commit, changes] = await Promise.all([
          git(folder, 'rev-parse', '--short', '--quiet', '--verify', 'HEAD').catch(noCommit),
          git(folder, 'status', '--porcelain', '--untracked-files=normal', '--', '.'),
        ])
        return commit === undefined ? {kind: 'no-commits'} : {kind: 'commit', commit, dirty: changes !== ''}
      } catch (error) {
        throw unreadable(programFailure(error, 'asking git for the commit'))
      }
    },
  }
}

/** With `--quiet` a HEAD without a commit is exit code 1 and silence; a broken one is 128. */
function noCommit(error: unknown): undefined {
  const failure = programFailure(error, 'asking git for the commit')
  if (failure.exitCode !== 1) throw failure
}

function stateOf(failure: ProcessError): GitState {
  if (failure.reason === 'absent' || failure.stderr.includes('not a git repository')) return {kind: 'none'}
  if (failure.stderr.includes('dubious ownership')) {
    const command = /git config --global --add safe\.directory .+/.exec(failure.stderr)
    return {kind: 'untrusted', hint: command?.[0] ?? 'git config --global --add safe.directory <folder>'}
  }
  throw unreadable(failure)
}

function unreadable(failure: ProcessError): MachineError {
  return new MachineError('GIT_FAILED', `git cannot read the repository: ${lastLines(failure.stderr, 5)}`, {
    hints: ['git status'],
    details: {command: failure.command, exitCode: failure.exitCode},
    cause: failure,
  })
}
