import {containerFlag, dryRunFlag, waitFlags} from './flags.js'

/** For commands that edit the task definition of a service. */
export const reviseFlags = {...containerFlag, ...waitFlags, ...dryRunFlag}

interface ReviseFlags {
  readonly cluster: string
  readonly container?: string | undefined
  readonly wait: boolean
  readonly timeout: number
  readonly 'dry-run': boolean
}

export const reviseOptions = (name: string, flags: ReviseFlags) => ({
  cluster: flags.cluster,
  name,
  container: flags.container,
  wait: flags.wait,
  timeoutMs: flags.timeout,
  dryRun: flags['dry-run'],
})
