import type {Change} from '../../plan/run-plan.js'
import {renderDryRun} from './changes.js'

/** What has been deleted with a service or a load balancer. */
export function renderDestruction(
  thing: string,
  {changes, dryRun}: {readonly changes: readonly Change[]; readonly dryRun: boolean},
): string {
  if (dryRun) return renderDryRun(changes)
  if (changes.length === 0) return `There is no ${thing} and nothing of it is left; nothing has changed`
  return `Deleted ${thing}`
}
