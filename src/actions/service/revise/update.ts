import type {Service, ServiceSettings} from '../../../ecs/services.js'
import {updateService} from '../../../ecs/services.js'
import type {AnyStep, Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {onceRoleIsKnown} from '../../infrastructure/role-propagation.js'
import type {RunningService, ServiceAndContainer} from './running.js'

/** Other settings of the service that change in the same call. */
export interface SettingsChange {
  readonly settings: ServiceSettings
  /** Whether ECS replaces the tasks to apply them. */
  readonly deploys: boolean
  /** A phrase for each: `grace period 60 → 90 s`. */
  readonly details: readonly string[]
}

export interface UpdateNeeds {
  readonly running: Step<RunningService>
  readonly taskDefinition: Step<string>
  /** What must be done before the service changes, and is only waited for. */
  readonly after?: readonly AnyStep[]
}

export interface UpdateChange {
  /** Whether tasks are to be replaced although the task definition stays. */
  readonly force?: (running: RunningService, after: Readonly<Record<string, unknown>>) => boolean
  /** The settings that differ from what is wanted. */
  readonly change?: (running: RunningService) => SettingsChange
}

const nothing: SettingsChange = {settings: {}, deploys: false, details: []}

/** Has a service run a revision, and changes its settings, in one UpdateService; only what differs is sent. */
export function updateStep(
  {aws, clock}: Pick<Context, 'aws' | 'clock'>,
  {cluster, name}: ServiceAndContainer,
  {running, taskDefinition, after = []}: UpdateNeeds,
  {force = () => false, change = () => nothing}: UpdateChange = {},
): Step<Service> {
  return step<Service, Record<string, AnyStep>>({
    id: 'service',
    title: `service ${name}`,
    needs: {...Object.fromEntries(after.map((each) => [each.id, each])), running, taskDefinition},
    look: async (needs) => {
      const current = needs.running as RunningService | undefined
      if (current === undefined) return {state: 'absent'}
      const {details, deploys: byThem} = change(current)
      const deploys = byThem || needs.taskDefinition !== current.service.taskDefinition || force(current, needs)
      if (!deploys && details.length === 0) return {state: 'present', value: current.service}
      const detail = [...(deploys ? ['a new deployment'] : []), ...details].join(', ')
      return {state: 'differs', value: current.service, detail}
    },
    apply: async (needs, _found, {signal}) => {
      const current = needs.running as RunningService
      const isForced = force(current, needs)
      const revision = needs.taskDefinition as string
      return onceRoleIsKnown({clock, signal}, () =>
        updateService(aws.ecs, {
          cluster,
          service: name,
          ...((isForced || revision !== current.service.taskDefinition) && {taskDefinition: revision}),
          ...(isForced && {forceNewDeployment: true}),
          ...change(current).settings,
        }),
      )
    },
  })
}
