/** Which local AWS made something in the engine, and how to find out whether it still runs. */
export interface ServerIdentity {
  /** Differs from server to server. */
  readonly id: string
  /** Process ids mean something on the same machine only, and an engine may serve several, for instance containers. */
  readonly machine: string
  readonly pid: number
  /** The state folder, which only one server uses at a time. */
  readonly folder: string
}

export const SERVER_LABEL = 'fargate.local'
const MACHINE_LABEL = 'fargate.local.machine'
const PID_LABEL = 'fargate.local.pid'
const FOLDER_LABEL = 'fargate.local.folder'

export type Labels = Readonly<Record<string, string>>

/** What everything that a server makes in the engine bears. */
export const serverLabels = ({id, machine, pid, folder}: ServerIdentity): Labels => ({
  [SERVER_LABEL]: id,
  [MACHINE_LABEL]: machine,
  [PID_LABEL]: String(pid),
  [FOLDER_LABEL]: folder,
})

/** Tells whether labels are those of another server that no longer runs; in doubt they are not. */
export function isLeftover(labels: Labels, own: ServerIdentity, isRunning: (pid: number) => boolean): boolean {
  const pid = Number(labels[PID_LABEL])
  if (labels[SERVER_LABEL] === own.id || labels[MACHINE_LABEL] !== own.machine || !(pid > 0)) return false
  return labels[FOLDER_LABEL] === own.folder || pid === own.pid || !isRunning(pid)
}
