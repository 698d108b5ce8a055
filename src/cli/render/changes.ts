import type {Change} from '../../plan/run-plan.js'

const signs = {create: '+', update: '~', delete: '-'} as const

/** What a dry run would do, a line for each thing. */
export function renderDryRun(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing would change'
  const lines = changes.map(
    ({change, thing, detail}) => `  ${signs[change]} ${change} ${thing}${detail === undefined ? '' : ` (${detail})`}`,
  )
  return ['This would change:', ...lines].join('\n')
}
