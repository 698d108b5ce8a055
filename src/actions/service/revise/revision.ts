import {registrationOf} from '../../../ecs/task-definition-edit.js'
import {sameTaskDefinition} from '../../../ecs/task-definition-equality.js'
import type {ContainerDefinition, TaskDefinitionInput} from '../../../ecs/task-definitions.js'
import {registerTaskDefinition} from '../../../ecs/task-definitions.js'
import type {Looked, Needs, Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import type {RunningService} from './running.js'

/** A change of a task definition. */
export interface RevisionEdit<Of extends Needs> {
  /** What the edit is made of besides the running revision. */
  readonly needs: Of
  /**
   * The running revision's registration with the change in it and nothing else, or `undefined` while what it is made
   * of is not known yet. It is asked again once it is.
   */
  edit(registration: TaskDefinitionInput, running: RunningService, needs: Looked<Of>): TaskDefinitionInput | undefined
  /** What changes, for a dry run; never a value that may be secret. */
  detail(running: RunningService, needs: Looked<Of>): string
}

/**
 * The running task definition with one edit: every other field stays. A revision that is equal already is used, the
 * running one or the latest of the family; AWS allows one registration per second. Answers the ARN.
 */
export function revisionStep<Of extends Needs>(
  {aws}: Pick<Context, 'aws'>,
  running: Step<RunningService>,
  {needs, edit, detail}: RevisionEdit<Of>,
): Step<string> {
  const edited = (current: RunningService, values: Needs) =>
    edit(registrationOf(current.revision), current, values as Looked<Of>)
  return step<string, Needs>({
    id: 'task-definition',
    title: 'task definition',
    doing: 'Registering',
    needs: {...needs, running},
    look: async (looked) => {
      const current = looked.running as RunningService | undefined
      if (current === undefined) return {state: 'absent'}
      const wanted = edited(current, looked)
      const {service, revision, latest} = current
      if (wanted !== undefined) {
        if (sameTaskDefinition(wanted, registrationOf(revision)))
          return {state: 'present', value: service.taskDefinition}
        const isLatest = latest !== undefined && sameTaskDefinition(wanted, registrationOf(latest))
        if (isLatest) return {state: 'present', value: latest.arn}
      }
      return {state: 'absent', detail: detail(current, looked as Looked<Of>)}
    },
    apply: (applied) => {
      const wanted = edited(applied.running as RunningService, applied)
      if (wanted === undefined) throw new Error('the needs of a revision are applied before it')
      return registerTaskDefinition(aws.ecs, wanted)
    },
  })
}

/** A registration with one container changed; the others stay as they are. */
export function withContainer(
  registration: TaskDefinitionInput,
  name: string,
  change: (container: ContainerDefinition) => ContainerDefinition,
): TaskDefinitionInput {
  const containerDefinitions = (registration.containerDefinitions ?? []).map((container) =>
    container.name === name ? change(container) : container,
  )
  return {...registration, containerDefinitions}
}
