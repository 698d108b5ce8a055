import {pollUntil} from '../../aws/poll.js'
import type {LoadBalancer} from '../../elbv2/load-balancers.js'
import {findLoadBalancer} from '../../elbv2/load-balancers.js'
import {AwsError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {step} from '../../plan/step.js'
import type {Context} from '../context.js'

/** A new load balancer takes one to three minutes. */
const pollEveryMs = 3000

/** Reads can be older than the write that made the load balancer. */
const visibleAfterMs = 30_000

/** Waits until a load balancer is active; before that its DNS name does not answer. */
export function activeStep(
  {aws, clock}: Pick<Context, 'aws' | 'clock'>,
  loadBalancer: Step<LoadBalancer>,
  {name, timeoutMs}: {readonly name: string; readonly timeoutMs: number},
): Step<void> {
  return step<void, {loadBalancer: typeof loadBalancer}>({
    id: 'active',
    title: `active state of load balancer ${name}`,
    doing: 'Waiting for the',
    needs: {loadBalancer},
    look: async ({loadBalancer: found}) => {
      if (found === undefined) return {state: 'absent'}
      return isActive(found)
        ? {state: 'present', value: undefined}
        : {state: 'differs', value: undefined, detail: `is ${found.state}`}
    },
    apply: async (_needs, _found, run) => {
      const what = `load balancer ${name} to become active`
      const startedAt = clock.now()
      await pollUntil({clock, signal: run.signal, everyMs: pollEveryMs, timeoutMs, what}, async () => {
        const found = await findLoadBalancer(aws.elbv2, name)
        if (found === undefined) {
          if (clock.now() - startedAt < visibleAfterMs) return undefined
          throw new AwsError('LOAD_BALANCER_NOT_FOUND', `load balancer ${name} is gone`)
        }
        if (found.state === 'failed') {
          throw new AwsError('LOAD_BALANCER_FAILED', `load balancer ${name} failed to start`, {
            hints: [`delete it and try again: fargate lb destroy ${name}`],
          })
        }
        run.update(found.state)
        return isActive(found) ? true : undefined
      })
    },
  })
}

/** An impaired one takes requests too; it only lacks addresses to grow. */
const isActive = ({state}: LoadBalancer): boolean => state === 'active' || state === 'active_impaired'
