import {Flags} from '@oclif/core'

/** How many tasks a service keeps running, and what ECS does about a deployment that fails. */
export const serviceFlags = {
  num: Flags.integer({char: 'n', description: 'number of tasks to keep running', default: 1, min: 1, max: 5000}),
  'circuit-breaker': Flags.boolean({
    description: 'have ECS stop a failing deployment and roll it back',
    default: true,
    allowNo: true,
  }),
}
