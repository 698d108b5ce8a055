import type {ActionSummary, ConditionSummary, RuleSummary} from '../../actions/lb/listener-summary.js'
import type {TargetCounts} from '../../actions/lb/target-counts.js'
import {formatTable} from '../../lib/table.js'

/** The types of rules as `--rule` takes them; others keep the name that Elastic Load Balancing gives them. */
const ruleTypes: Readonly<Record<string, string>> = {'path-pattern': 'PATH', 'host-header': 'HOST'}

/** `PATH=/api/*,/v2/*`, `HTTP-HEADER X-Beta=1`. */
function renderCondition({field, name, values}: ConditionSummary): string {
  const type = ruleTypes[field] ?? field.toUpperCase()
  return `${type}${name === undefined ? '' : ` ${name}`}=${values.join(',')}`
}

export const renderConditions = ({conditions}: RuleSummary): string => conditions.map(renderCondition).join(' and ')

/**
 * What is done with a request: `web`, `web (80%), api (20%)`, `redirect to https://…`, `fixed response 404`.
 *
 * @param nameTarget what a target group is called
 */
export function renderActions(actions: readonly ActionSummary[], nameTarget: (arn: string) => string): string {
  return actions.map((action) => renderAction(action, nameTarget)).join(', then ') || 'nothing'
}

function renderAction(action: ActionSummary, nameTarget: (arn: string) => string): string {
  const {type, targetGroups, redirectUrl, statusCode} = action
  if (type === 'redirect') return `redirect to ${redirectUrl} (${statusCode})`
  if (type === 'fixed-response') return `fixed response ${statusCode}`
  if (type !== 'forward') return type
  const total = targetGroups.reduce((sum, {weight = 1}) => sum + weight, 0)
  return targetGroups
    .map(({arn, weight = 1}) => {
      const share = targetGroups.length > 1 && total > 0 ? ` (${Math.round((100 * weight) / total)}%)` : ''
      return `${nameTarget(arn)}${share}`
    })
    .join(', ')
}

/** Rows of equal shape in columns, without a line of headers. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const [first, ...others] = rows
  return first === undefined ? [] : formatTable(first, others).split('\n')
}

const states = ['healthy', 'initial', 'unhealthy', 'draining', 'unused', 'unavailable']

/** `2 healthy, 1 draining`; `none` without targets. */
export function renderTargetCounts(counts: TargetCounts): string {
  const rank = (state: string) => (states.includes(state) ? states.indexOf(state) : states.length)
  const known = Object.entries(counts).sort(([one], [other]) => rank(one) - rank(other))
  return known.map(([state, count]) => `${count} ${state}`).join(', ') || 'none'
}
