import {closeSync, openSync} from 'node:fs'

export interface BackgroundProgram {
  readonly command: readonly [string, ...string[]]
  /** Where its output goes; the file is made anew. */
  readonly logFile: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Starts a program that outlives this one, in a session of its own, so that Ctrl-C in the terminal does not reach it.
 *
 * @returns its process id
 * @throws the error of the system when it cannot be started
 */
export async function startInBackground({command, logFile, env}: BackgroundProgram): Promise<number> {
  const {execa} = await import('execa')
  const [file, ...args] = command
  const log = openSync(logFile, 'w', 0o600)
  try {
    const started = execa(file, args, {
      detached: true,
      cleanup: false,
      stdio: ['ignore', log, log],
      env,
      extendEnv: false,
      reject: false,
    })
    const {pid} = started
    if (pid === undefined) throw (await started).cause
    started.unref()
    return pid
  } finally {
    closeSync(log)
  }
}
