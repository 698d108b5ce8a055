import type {TargetGroupRecord, TargetRecord} from '../../balancer/model.js'
import {DRAINING, NOT_IN_USE} from '../../balancer/target-status.js'
import type {Elbv2Context} from './context.js'

export interface TargetAddress {
  readonly id: string
  readonly port: number
  readonly availabilityZone?: string
}

/** How long a target drains, in seconds. */
export const deregistrationDelay = ({attributes}: TargetGroupRecord): number =>
  Number(attributes['deregistration_delay.timeout_seconds'])

export const findTarget = (
  group: TargetGroupRecord,
  {id, port}: Pick<TargetAddress, 'id' | 'port'>,
): TargetRecord | undefined => group.targets.find((target) => target.id === id && target.port === port)

/** Registers a target; one that is registered stays as it is, one that drains starts anew. */
export function registerTarget({changed}: Elbv2Context, group: TargetGroupRecord, address: TargetAddress): void {
  const present = findTarget(group, address)
  if (present !== undefined && present.status.state !== 'draining') return
  const others = group.targets.filter((target) => target !== present)
  group.targets = [...others, {...address, status: NOT_IN_USE}]
  changed()
}

/**
 * Deregisters a target. It drains for the whole deregistration delay, even without a connection, and is then gone.
 * A target that got no requests is gone at once; one that is not registered is no error, as on AWS.
 */
export function deregisterTarget(
  context: Elbv2Context,
  group: TargetGroupRecord,
  address: Pick<TargetAddress, 'id' | 'port'>,
): void {
  const {clock, changed} = context
  const target = findTarget(group, address)
  if (target === undefined || target.status.state === 'draining') return
  if (target.status.state === 'unused') {
    remove(context, group, target)
    return
  }
  target.status = DRAINING
  target.drainsUntil = clock.now() + deregistrationDelay(group) * 1000
  changed()
  removeOnceDrained(context, group, target)
}

/** Waits for the end of a target that drains. */
export function removeOnceDrained(context: Elbv2Context, group: TargetGroupRecord, target: TargetRecord): void {
  const {clock} = context
  clock.after((target.drainsUntil ?? 0) - clock.now(), () => remove(context, group, target))
}

function remove({changed}: Elbv2Context, group: TargetGroupRecord, target: TargetRecord): void {
  group.targets = group.targets.filter((other) => other !== target)
  changed()
}
