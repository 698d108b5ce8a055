/** The state folder cannot be used, or not be written to; the message is for people and says what to do. */
export class StateFailure extends Error {
  override readonly name: string = 'StateFailure'
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the disk does not work',
}

/** Why a call to the file system failed, for people. */
export const fileReason = (error: unknown): string => {
  const {code = '', message} = error as NodeJS.ErrnoException
  return reasons[code] ?? message
}

/** What is in the folder cannot be read back. */
export const damaged = (file: string, detail: string): StateFailure =>
  new StateFailure(
    `the saved state is damaged: ${file}, ${detail}; forget it with "fargate local reset", or use another folder: --state-dir <folder>`,
  )
