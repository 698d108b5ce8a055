import {UsageError} from '../../../errors/errors.js'
import type {EnvironmentVariable} from '../../../lib/environment-variable.js'
import {setByName} from '../../../lib/named-entries.js'
import type {Context} from '../../context.js'
import type {ReviseOptions, ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import {withContainer} from '../revise/revision.js'
import type {RunningService} from '../revise/running.js'

export interface SetEnvironmentOptions extends ReviseOptions {
  readonly environment: readonly EnvironmentVariable[]
}

export interface SetEnvironmentResult extends ReviseResult {
  /** The names that were asked for; values can be secret and are not repeated. */
  readonly variables: readonly string[]
}

/**
 * Sets environment variables of a running service: each in its place where it is there, else at the end.
 *
 * @throws UsageError NAME_TAKEN for a name that is a secret, since ECS takes a name once
 */
export async function setEnvironment(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: SetEnvironmentOptions,
): Promise<SetEnvironmentResult> {
  const {environment} = options
  const {result, before} = await reviseService(context, options, () => ({
    edit: {
      needs: {},
      edit: (registration, running) => {
        checkSecrets(running, environment)
        return withContainer(registration, running.container.name, (container) => ({
          ...container,
          environment: setByName(container.environment ?? [], environment),
        }))
      },
      detail: (running) => changesIn(running, environment),
    },
  }))
  warnOfCase(context, before, environment)
  return {...result, variables: environment.map(({name}) => name)}
}

function checkSecrets({container, service}: RunningService, environment: readonly EnvironmentVariable[]): void {
  const secrets = new Set((container.secrets ?? []).map(({name}) => name))
  const taken = environment.filter(({name}) => secrets.has(name)).map(({name}) => name)
  if (taken.length === 0) return
  throw new UsageError('NAME_TAKEN', `${taken.join(', ')} of service ${service.name} is a secret already`, {
    hints: taken.map(
      (name) => `take the secret away first: fargate service secret unset ${service.name} --key ${name}`,
    ),
  })
}

function changesIn({container}: RunningService, environment: readonly EnvironmentVariable[]): string {
  const present = new Map((container.environment ?? []).map(({name = '', value}) => [name, value]))
  const added = environment.filter(({name}) => !present.has(name)).map(({name}) => name)
  const changed = environment
    .filter(({name, value}) => present.has(name) && present.get(name) !== value)
    .map(({name}) => name)
  const parts = [
    ...(added.length === 0 ? [] : [`add ${added.join(', ')}`]),
    ...(changed.length === 0 ? [] : [`change ${changed.join(', ')}`]),
  ]
  return parts.length === 0 ? 'one value for each variable' : parts.join('; ')
}

/** The Go CLI wrote every name in capitals; who comes from there may expect another variable to be changed. */
function warnOfCase(
  {output}: Pick<Context, 'output'>,
  {container}: RunningService,
  environment: readonly EnvironmentVariable[],
): void {
  const present = (container.environment ?? []).flatMap(({name}) => name ?? [])
  for (const {name} of environment) {
    const other = present.find((each) => each !== name && each.toLowerCase() === name.toLowerCase())
    if (other !== undefined && !present.includes(name)) {
      output.warn(`${name} is another variable than ${other}, which stays: names keep their case`)
    }
  }
}
