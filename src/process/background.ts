import {spawn} from 'node:child_process'
import {closeSync, openSync} from 'node:fs'

export interface BackgroundProgram {
  readonly command: readonly [string, ...string[]]
  /** Where its output goes; the file is made anew. */
  readonly logFile: string
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Starts a program that outlives this one, in a session of its own, so that Ctrl-C in the terminal does not reach it.
 * Here node's own `spawn` serves: what execa adds is about waiting for a program and ending it.
 *
 * @returns its process id
 * @throws the error of the system when it cannot be started
 */
export async function startInBackground({command, logFile, env}: BackgroundProgram): Promise<number> {
  const [file, ...args] = command
  const log = openSync(logFile, 'w', 0o600)
  try {
    const started = spawn(file, args, {detached: true, stdio: ['ignore', log, log], env: {...env}})
    await new Promise<void>((resolve, reject) => {
      started.once('spawn', resolve)
      started.once('error', reject)
    })
    started.unref()
    return started.pid ?? 0
  } finally {
    closeSync(log)
  }
}
