import type {Action, Listener} from '../../elbv2/listeners.js'
import {forwardTargets} from '../../elbv2/listeners.js'
import {AwsError} from '../../errors/errors.js'
import type {ListenerPort} from '../../lib/port-expression.js'
import {formatPort} from '../../lib/port-expression.js'
import {defaultTargetGroupName} from '../../lib/resource-names.js'
import {describeActions} from '../load-balancer-text.js'

/** A listener that is wanted, with what there is of it. */
export interface PlannedListener {
  readonly port: ListenerPort
  /** The port of HTTPS to which it sends every request; undefined for one that forwards. */
  readonly redirectTo: number | undefined
  readonly existing: Listener | undefined
  /** ARNs of certificates that it does not have yet, the default one of a new listener first. */
  readonly certificates: readonly string[]
  /** Whether one that is there is to redirect from now on. */
  readonly becomesRedirect: boolean
}

export const isSecure = ({protocol}: {readonly protocol: string}): boolean => protocol === 'HTTPS' || protocol === 'TLS'

/** What is to be done for a listener, in words; undefined where it is as wanted. */
export function describePlanned(planned: PlannedListener): string | undefined {
  const {port, redirectTo, existing, certificates, becomesRedirect} = planned
  const redirect = redirectTo === undefined ? '' : ` → HTTPS:${redirectTo}`
  if (existing === undefined) return `${formatPort(port)}${redirect}`
  if (becomesRedirect) return `${formatPort(port)}${redirect}`
  if (certificates.length === 0) return undefined
  return `${formatPort(port)} gets ${certificates.length === 1 ? 'a certificate' : `${certificates.length} certificates`}`
}

export const redirectAction = (port: number): Action => ({
  Type: 'redirect',
  RedirectConfig: {Protocol: 'HTTPS', Port: String(port), StatusCode: 'HTTP_301'},
})

/**
 * Whether a listener that forwards is to redirect from now on.
 *
 * @throws AwsError LISTENER_DIFFERS where it does something for somebody already
 */
export function becomesRedirect(
  {arn, port, protocol, defaultActions}: Listener,
  loadBalancer: string,
  redirectTo: number | undefined,
): boolean {
  if (redirectTo === undefined) return false
  const [first] = defaultActions
  if (first?.Type === 'redirect' && first.RedirectConfig?.Protocol === 'HTTPS') return false
  const targets = forwardTargets(defaultActions)
  const isFree = targets.length === 1 && targets[0]?.includes(`:targetgroup/${defaultTargetGroupName(loadBalancer)}/`)
  if (isFree) return true
  throw new AwsError(
    'LISTENER_DIFFERS',
    `${protocol}:${port} of load balancer ${loadBalancer} does: ${describeActions(defaultActions)}, and --redirect-http is asked for`,
    {details: {listenerArn: arn}, hints: [`see what is behind it: fargate lb info ${loadBalancer}`]},
  )
}
