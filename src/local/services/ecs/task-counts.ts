import type {TaskRecord} from '../../scheduler/records.js'

const STARTING: readonly TaskRecord['lastStatus'][] = ['PROVISIONING', 'PENDING', 'ACTIVATING']

/** Pending: on the way to RUNNING, and not told to stop. */
export const isPending = ({lastStatus, desiredStatus}: TaskRecord): boolean =>
  desiredStatus === 'RUNNING' && STARTING.includes(lastStatus)

/** How many tasks are RUNNING, and how many are pending. */
export const taskCounts = (tasks: readonly TaskRecord[]): {runningCount: number; pendingCount: number} => ({
  runningCount: tasks.filter(({lastStatus}) => lastStatus === 'RUNNING').length,
  pendingCount: tasks.filter(isPending).length,
})
