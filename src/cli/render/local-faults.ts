import {formatTable} from '../../lib/table.js'
import type {LocalFaultList, LocalFaults} from '../local-faults.js'

/** One line for each fault. */
export const renderFaultChange = (what: string, {faults}: LocalFaults): string =>
  faults.map(({id, summary}) => `${what} ${id}: ${summary}`).join('\n')

/** All faults with what has become of them. */
export function renderFaultList({faults}: LocalFaultList): string {
  if (faults.length === 0) return 'Nothing goes wrong on purpose'
  return formatTable(
    ['ID', 'STATE', 'STRUCK', 'ENDS', 'FAULT'],
    faults.map(({id, state, struck, endsAt = '', summary}) => [id, state, String(struck), endsAt, summary]),
  )
}
