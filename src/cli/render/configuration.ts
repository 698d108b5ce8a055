import {formatTable} from '../../lib/table.js'
import type {Configuration} from '../configuration.js'

export function renderConfiguration({projectFile, settings, services}: Configuration): string {
  const rows = settings.map(({name, value, source}) => [name, value ?? '-', source])
  const parts = [formatTable(['SETTING', 'VALUE', 'FROM'], rows)]
  if (projectFile === null) parts.push('No fargate.yml here or above')
  for (const {name, settings: ownSettings} of services) {
    const lines = ownSettings.map(({flag, values, line}) => [flag, values.join(', '), `${projectFile}:${line}`])
    parts.push(`Service ${name}\n${formatTable(['SETTING', 'VALUE', 'FROM'], lines)}`)
  }
  return parts.join('\n\n')
}
