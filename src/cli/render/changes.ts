import type {Change} from '../../plan/run-plan.js'

const signs = {create: '+', update: '~', delete: '-'} as const

/** What a dry run would do, a line for each thing. */
export function renderDryRun(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing would change'
  return ['This would change:', ...renderChanges(changes)].join('\n')
}

/** A line for each thing. */
export const renderChanges = (changes: readonly Change[]): string[] =>
  changes.map(
    ({change, thing, detail}) => `  ${signs[change]} ${change} ${thing}${detail === undefined ? '' : ` (${detail})`}`,
  )
