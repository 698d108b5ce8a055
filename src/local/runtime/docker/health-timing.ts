import type {ContainerSpec} from '../../task-runtime.js'

/** The engine takes no shorter interval seriously; a check is a process of its own. */
const SHORTEST_INTERVAL_SECONDS = 1

type Check = NonNullable<ContainerSpec['healthCheck']>

/**
 * When the engine checks a container, in real seconds. Where the time of AWS runs faster than the machine's, checks come
 * closer together. A program does not start any faster for that, so what the checks lose until the first verdict is
 * added to the start period: a container is found unhealthy no sooner after its start than on AWS.
 */
export function checkTimes(
  {intervalSeconds, startPeriodSeconds, retries}: Check,
  speed: number,
): Pick<Check, 'intervalSeconds' | 'startPeriodSeconds'> {
  const interval = Math.min(intervalSeconds, Math.max(SHORTEST_INTERVAL_SECONDS, intervalSeconds / speed))
  return {
    intervalSeconds: interval,
    startPeriodSeconds: startPeriodSeconds + (intervalSeconds - interval) * retries,
  }
}

const SHORTEST_GRACE_SECONDS = 2

/**
 * How long a container has between SIGTERM and SIGKILL, in whole real seconds: shorter where the time of AWS runs
 * faster, but long enough for a program that ends in good order.
 */
export const stopSeconds = (stopTimeoutSeconds: number, speed: number): number =>
  Math.min(stopTimeoutSeconds, Math.max(SHORTEST_GRACE_SECONDS, Math.ceil(stopTimeoutSeconds / speed)))
