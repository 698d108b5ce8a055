/**
 * Faults that a local AWS shows on purpose.
 *
 * A {@link FaultPlan} is what the parts of the local AWS ask: `aws.faults`. Its `list()` answers a {@link FaultView} for
 * each fault, oldest first; those whose `state` is `in-force` are what a status shows, in the words of `summary`.
 * `snapshot()` is plain JSON, and `restore()` continues from it: counts, what each fault has struck, time limits and the
 * seed.
 */
export type {FaultView} from './fault.js'
export {faultHooks} from './hooks.js'
export type {OperationCatalog} from './operation-names.js'
export {FaultPlan} from './plan.js'
export {parsePlanFile, readPlan} from './plan-file.js'
