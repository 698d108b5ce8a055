import type {DefinitionSummary} from '../../actions/definition-summary.js'
import type {BlockEntry} from '../../lib/table.js'

/** Values of secrets are never read; their references stand in their place. */
export function variableEntries({environment, secrets, environmentFiles}: DefinitionSummary): BlockEntry[] {
  const lines = [
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(secrets).map(([name, valueFrom]) => `${name} ← ${valueFrom}`),
  ]
  return [
    ...(lines.length === 0 ? [] : [{label: 'Environment Variables', value: lines}]),
    ...(environmentFiles.length === 0 ? [] : [{label: 'Environment Files', value: environmentFiles}]),
  ]
}
