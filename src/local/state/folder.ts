import {mkdirSync, statSync} from 'node:fs'
import {dirname} from 'node:path'

/**
 * Makes a folder that only its owner may enter, and those above it that are missing. Node's own `recursive` never ends
 * where a file system lets nobody make a folder and says that one above it is missing, as `/proc`.
 *
 * @throws the error of node:fs
 */
export function makeFolder(folder: string): void {
  try {
    makeOne(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error
    makeFolder(dirname(folder))
    makeOne(folder)
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, {mode: 0o700})
  } catch (error) {
    const isThere = statSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false
    if (!isThere) throw error
  }
}
