/** The process exit codes; they are part of the interface and documented in the README. */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  machine: 3,
  credentials: 4,
  aws: 5,
  deployment: 6,
  timeout: 7,
  unknownCommand: 127,
  cancelled: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
