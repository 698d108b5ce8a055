import {linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {connect} from 'node:net'
import {join} from 'node:path'

/** How a running local AWS describes itself to the commands. */
export interface ServerDescription {
  readonly pid: number
  readonly port: number
  readonly url: string
  readonly speed: number
  readonly token: string
  readonly runtime: string
  /** ISO 8601. */
  readonly startedAt: string
}

const fileName = 'server.json'

/**
 * Writes the description, readable by its owner only: the token lets others change things. One folder is for one server:
 * of two that start at the same time the second one fails; what a dead one has left is replaced.
 *
 * @throws Error naming the server that runs with this folder
 */
export async function writeDescription(folder: string, description: ServerDescription): Promise<void> {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  const file = join(folder, fileName)
  const own = `${file}.${description.pid}`
  writeFileSync(own, JSON.stringify(description), {mode: 0o600})
  try {
    if (!linked(own, file)) {
      const {pid, port} = JSON.parse(readFileSync(file, 'utf8')) as ServerDescription
      const other = port !== description.port && (await answers(port))
      if (other) throw new Error(`another local AWS runs with this folder (process ${pid})`)
      renameSync(own, file)
    }
  } finally {
    rmSync(own, {force: true})
  }
}

/** A hard link is made only where the name is free, and shows the whole file at once. */
function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** A process id may belong to another program by now, or to one that has ended and is not yet collected. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({host: '127.0.0.1', port})
    const end = (reached: boolean) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

export function removeDescription(folder: string): void {
  rmSync(join(folder, fileName), {force: true})
}
