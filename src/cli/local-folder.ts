import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {MachineError} from '../errors/errors.js'
import {makeFolder} from '../local/state/folder.js'

/** As much as the files of a start need. */
const probe = Buffer.alloc(64 * 1024)

/**
 * Makes the state folder where it is missing, and tries whether files can be written there: on a full disk a server
 * could not even tell why it ends.
 *
 * @throws MachineError STATE_FOLDER
 */
export function prepareFolder(folder: string): void {
  attempt(`cannot make the folder ${folder}`, () => makeFolder(folder))
  const file = join(folder, `.probe-${process.pid}`)
  try {
    attempt(`cannot write to the folder ${folder}`, () => writeFileSync(file, probe, {mode: 0o600}))
  } finally {
    rmSync(file, {force: true})
  }
}

function attempt(what: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new MachineError('STATE_FOLDER', `${what}: ${reasonOf(error as NodeJS.ErrnoException)}`, {
      cause: error,
      hints: ['use another folder: --state-dir <folder>, or FARGATE_STATE_DIR'],
    })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'there is a file of this name',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of this path is a file',
}

const reasonOf = ({code = '', message}: NodeJS.ErrnoException): string => reasons[code] ?? message
