import {readFile, stat} from 'node:fs/promises'

/** The files that are looked at before docker is asked. */
export interface Files {
  /** What is at a path; `undefined` when nothing is that this user may see. */
  kind(path: string): Promise<'file' | 'folder' | undefined>
  /** The text of a file; `undefined` when there is none that this user may read. */
  read(path: string): Promise<string | undefined>
}

/** The files of this machine. */
export const machineFiles: Files = {
  async kind(path) {
    const stats = await stat(path).catch(absent)
    return stats && (stats.isDirectory() ? 'folder' : 'file')
  },
  read: (path) => readFile(path, 'utf8').catch(absent),
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(error.code ?? '')) throw error
}
