import type {Action, Listener} from '../elbv2/listeners.js'
import {forwardTargets} from '../elbv2/listeners.js'

/** `listener HTTP:80`. */
export const describeListener = ({protocol, port}: Pick<Listener, 'protocol' | 'port'>): string =>
  `listener ${protocol}:${port}`

/** What a listener or rule does, in a few words: `forward to web-default`, `redirect`, `fixed response 404`. */
export function describeActions(actions: readonly Action[]): string {
  return actions.map(describeAction).join(', then ') || 'nothing'
}

function describeAction(action: Action): string {
  if (action.Type === 'forward') return `forward to ${forwardTargets([action]).map(targetGroupNameOf).join(' and ')}`
  if (action.Type === 'fixed-response') return `fixed response ${action.FixedResponseConfig?.StatusCode}`
  if (action.Type === 'redirect') {
    const {Protocol = '#{protocol}', Host = '#{host}', Port = '#{port}'} = action.RedirectConfig ?? {}
    return `redirect to ${Protocol.toLowerCase()}://${Host}:${Port}`
  }
  return action.Type ?? 'nothing'
}

/** `web` of `arn:…:targetgroup/web/73e2d6bc24d8a067`. */
export const targetGroupNameOf = (arn: string): string => arn.split('/')[1] ?? arn
