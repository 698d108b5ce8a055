import {updateService} from '../../ecs/services.js'
import {UsageError} from '../../errors/errors.js'
import type {ScaleExpression} from '../../lib/scale-expression.js'
import {resolveScale} from '../../lib/scale-expression.js'
import {waitForCount} from '../../rollout/steady-service.js'
import type {Context} from '../context.js'
import {requireService} from './require-service.js'

export interface ScaleServiceOptions {
  readonly cluster: string
  readonly name: string
  readonly scale: ScaleExpression
  readonly wait: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
}

export interface ScaleServiceResult {
  readonly service: string
  readonly cluster: string
  readonly previousCount: number
  readonly desiredCount: number
  /** As last seen; not waited for with --no-wait and in a dry run. */
  readonly runningCount: number
  readonly changed: boolean
  readonly dryRun: boolean
}

/** Changes how many tasks a service runs, and waits until it does. */
export async function scaleService(
  context: Pick<Context, 'aws' | 'clock' | 'signal' | 'output'>,
  options: ScaleServiceOptions,
): Promise<ScaleServiceResult> {
  const {aws, output} = context
  const {cluster, name, timeoutMs, dryRun} = options
  const service = await requireService(aws, cluster, name)
  const desired = resolveScale(options.scale, service.desiredCount)
  if (!desired.ok) throw new UsageError('SCALE_INVALID', desired.problem)
  const desiredCount = desired.value
  const changed = desiredCount !== service.desiredCount
  if (changed && !dryRun) await updateService(aws.ecs, {cluster, service: name, desiredCount})

  const result = {service: name, cluster, previousCount: service.desiredCount, desiredCount, changed, dryRun}
  const steady = service.runningCount === desiredCount && service.pendingCount === 0
  if (dryRun || !options.wait || (!changed && steady)) return {...result, runningCount: service.runningCount}
  const title = `Waiting for service ${name} to run ${desiredCount} ${desiredCount === 1 ? 'task' : 'tasks'}`
  const {runningCount} = await output.step(title, (progress) =>
    waitForCount(context, {cluster, service: name, desiredCount, timeoutMs}, progress),
  )
  return {...result, runningCount}
}
