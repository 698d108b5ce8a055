import type {ListEnvironmentResult} from '../../actions/service/env/list-environment.js'
import type {SetEnvironmentResult} from '../../actions/service/env/set-environment.js'
import type {UnsetEnvironmentResult} from '../../actions/service/env/unset-environment.js'
import {renderRevision} from './revision.js'

/** Lines that `--env-file` reads back. */
export const renderEnvironment = ({environment}: ListEnvironmentResult): string =>
  environment.map(({name, value}) => `${name}=${value}`).join('\n')

export function renderSetEnvironment(result: SetEnvironmentResult): string {
  const {service, variables} = result
  const names = variables.join(', ')
  return renderRevision(result, `Set ${names} of service ${service}`, `Service ${service} has these values already`)
}

export function renderUnsetEnvironment(result: UnsetEnvironmentResult): string {
  const {service, unset, absent} = result
  const already = `Service ${service} has no ${absent.join(', ')}`
  return renderRevision(result, `Unset ${unset.join(', ')} of service ${service}`, already)
}
