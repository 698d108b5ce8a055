import type {Context} from '../../context.js'
import type {ReviseOptions, ReviseResult} from '../revise/revise-service.js'
import {reviseService} from '../revise/revise-service.js'
import {withContainer} from '../revise/revision.js'
import type {RunningService} from '../revise/running.js'

export interface UnsetEnvironmentOptions extends ReviseOptions {
  readonly keys: readonly string[]
}

export interface UnsetEnvironmentResult extends ReviseResult {
  readonly unset: readonly string[]
  /** Keys that were not there. */
  readonly absent: readonly string[]
}

/** Takes exactly the named variables from a running service. What is not there is told, and no failure. */
export async function unsetEnvironment(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: UnsetEnvironmentOptions,
): Promise<UnsetEnvironmentResult> {
  const keys = new Set(options.keys)
  const {result, before} = await reviseService(context, options, () => ({
    edit: {
      needs: {},
      edit: (registration, {container}) =>
        withContainer(registration, container.name, (each) => ({
          ...each,
          ...(each.environment !== undefined && {
            environment: each.environment.filter(({name = ''}) => !keys.has(name)),
          }),
        })),
      detail: ({container}) =>
        `take away ${namesOf(container)
          .filter((name) => keys.has(name))
          .join(', ')}`,
    },
  }))
  const present = new Set(namesOf(before.container))
  const absent = options.keys.filter((key) => !present.has(key))
  for (const key of absent) context.output.warn(absence(before, key))
  return {...result, unset: options.keys.filter((key) => present.has(key)), absent}
}

const namesOf = ({environment = []}: RunningService['container']): string[] => [
  ...new Set(environment.flatMap(({name}) => name ?? [])),
]

function absence({container, service}: RunningService, key: string): string {
  if (container.secrets?.some(({name}) => name === key)) {
    return `${key} is a secret: fargate service secret unset ${service.name} --key ${key}`
  }
  const other = namesOf(container).find((name) => name.toLowerCase() === key.toLowerCase())
  const meant = other === undefined ? '' : `; there is ${other}`
  return `service ${service.name} has no variable ${key}${meant}`
}
