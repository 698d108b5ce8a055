import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
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

/** Writes the description as a whole, readable by its owner only: the token lets others change things. */
export function writeDescription(folder: string, description: ServerDescription): void {
  mkdirSync(folder, {recursive: true, mode: 0o700})
  const file = join(folder, fileName)
  writeFileSync(`${file}.new`, JSON.stringify(description), {mode: 0o600})
  renameSync(`${file}.new`, file)
}

export function removeDescription(folder: string): void {
  rmSync(join(folder, fileName), {force: true})
}
