import type {Service} from '../../../ecs/services.js'
import type {TaskDefinitionInput} from '../../../ecs/task-definitions.js'
import {UsageError} from '../../../errors/errors.js'
import {isOnEc2, requiredCompatibilities} from '../../../lib/capacity.js'
import type {ServiceChanges, TaskChanges} from './options.js'

export type CapacityAndTask = TaskChanges & Pick<ServiceChanges, 'capacity'>

type Compatible = NonNullable<TaskDefinitionInput['requiresCompatibilities']>

/**
 * Where a task definition is to run from now on: as is asked for, or on both where its tasks would have no place
 * otherwise. Undefined where that stays as it is.
 *
 * @throws UsageError CAPACITY_CONFLICT where the tasks run elsewhere
 */
export function compatibilityAfter(
  {requiresCompatibilities: present = []}: Pick<TaskDefinitionInput, 'requiresCompatibilities'>,
  service: Pick<Service, 'capacity' | 'name'>,
  {compatibility, capacity}: CapacityAndTask,
): Compatible | undefined {
  const place = isOnEc2(capacity ?? service.capacity) ? 'EC2' : 'FARGATE'
  if (compatibility === undefined) {
    const fits = present.includes(place) || (place === 'EC2' && present.length === 0)
    return capacity === undefined || fits ? undefined : requiredCompatibilities('both')
  }
  const wanted = requiredCompatibilities(compatibility)
  if (!wanted.includes(place)) {
    throw new UsageError(
      'CAPACITY_CONFLICT',
      `--compatibility ${compatibility}: the tasks of service ${service.name} run on ${place === 'EC2' ? 'EC2' : 'Fargate'}`,
      {hints: ['use --compatibility both']},
    )
  }
  return isSame(wanted, present) ? undefined : wanted
}

/** A phrase for the change: `compatible with EC2 and FARGATE`. */
export function compatibilityDetail(
  task: Pick<TaskDefinitionInput, 'requiresCompatibilities'>,
  service: Pick<Service, 'capacity' | 'name'>,
  changes: CapacityAndTask,
): string[] {
  const after = compatibilityAfter(task, service, changes)
  return after === undefined ? [] : [`compatible with ${after.join(' and ')}`]
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join() === [...other].sort().join()
