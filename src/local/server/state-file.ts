import {renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {TimeOrigin} from '../state/lasting-clock.js'

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
  /** What is there goes on from an earlier run. */
  readonly resumed: boolean
  readonly timeOrigin: TimeOrigin
}

const fileName = 'server.json'

/**
 * Writes the description, readable by its owner only: the token lets others change things. It is there as a whole, and
 * replaces what a dead server has left.
 */
export function writeDescription(folder: string, description: ServerDescription): void {
  const file = join(folder, fileName)
  const own = `${file}.new`
  writeFileSync(own, JSON.stringify(description), {mode: 0o600})
  renameSync(own, file)
}

export function removeDescription(folder: string): void {
  rmSync(join(folder, fileName), {force: true})
}
