import type {
  Action as ApiAction,
  FixedResponseActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {AwsFault} from '../../aws-fault.js'
import type {Action, FixedResponseAction, RedirectAction} from '../../balancer/model.js'
import {invalid, notEmulated, required} from './faults.js'
import {describeForward, forwardFrom} from './forward-shapes.js'

const CONTENT_TYPES = ['text/html', 'application/json', 'application/javascript', 'text/css', 'text/plain']

const refused = (message: string): AwsFault => new AwsFault('InvalidLoadBalancerAction', message)

/**
 * The one action that a rule ends with, from the list that the API takes.
 *
 * @param member `actions` or `defaultActions`, for messages
 * @throws AwsFault ValidationError or InvalidLoadBalancerAction
 */
export function actionFrom(actions: readonly ApiAction[] | undefined, member: string): Action {
  const list = required(actions, member)
  const unknown = list
    .map(({Type}) => Type)
    .find((type) => type?.startsWith('authenticate-') || type === 'jwt-validation')
  if (unknown !== undefined) throw notEmulated(`an action of type '${unknown}'`)
  const [action] = list
  if (action === undefined) throw invalid('An action must be specified')
  if (list.length > 1) throw refused('Exactly one action of type forward, redirect or fixed-response must be specified')
  if (action.Type === 'redirect')
    return redirectFrom(required(action.RedirectConfig, `${member}.1.member.redirectConfig`))
  if (action.Type === 'fixed-response') {
    return fixedResponseFrom(required(action.FixedResponseConfig, `${member}.1.member.fixedResponseConfig`), member)
  }
  return forwardFrom(action)
}

function redirectFrom(config: RedirectActionConfig): RedirectAction {
  const redirect: RedirectAction = {
    type: 'redirect',
    protocol: config.Protocol ?? '#{protocol}',
    host: config.Host ?? '#{host}',
    port: config.Port ?? '#{port}',
    path: config.Path ?? '/#{path}',
    query: config.Query ?? '#{query}',
    status: config.StatusCode === 'HTTP_301' ? 301 : 302,
  }
  const {protocol, host, port, path} = redirect
  if (port !== '#{port}' && !(Number(port) >= 1 && Number(port) <= 65_535)) {
    throw invalid(`The redirect port '${port}' must be '#{port}' or a port between 1 and 65535`)
  }
  if (!path.startsWith('/')) throw invalid(`The redirect path '${path}' must begin with a '/' character`)
  if (protocol === '#{protocol}' && host === '#{host}' && port === '#{port}' && path === '/#{path}') {
    throw refused('The redirect configuration is not valid because it creates a loop.')
  }
  return redirect
}

function fixedResponseFrom(config: FixedResponseActionConfig, member: string): FixedResponseAction {
  const status = required(config.StatusCode, `${member}.1.member.fixedResponseConfig.statusCode`)
  if (config.ContentType && !CONTENT_TYPES.includes(config.ContentType)) {
    throw refused(`The ContentType must be one of:${CONTENT_TYPES.map((type) => `'${type}'`).join(', ')}`)
  }
  return {
    type: 'fixed-response',
    status: Number(status),
    ...(config.ContentType && {contentType: config.ContentType}),
    ...(config.MessageBody && {body: config.MessageBody}),
  }
}

/** An action in the shape of the API, with what AWS fills in. */
export function describeAction(action: Action): ApiAction {
  switch (action.type) {
    case 'forward':
      return describeForward(action)
    case 'redirect': {
      const {protocol, host, port, path, query, status} = action
      const StatusCode = `HTTP_${status}` as const
      return {
        Type: 'redirect',
        RedirectConfig: {Protocol: protocol, Host: host, Port: port, Path: path, Query: query, StatusCode},
      }
    }
    case 'fixed-response':
      return {
        Type: 'fixed-response',
        FixedResponseConfig: {
          StatusCode: String(action.status),
          ...(action.contentType !== undefined && {ContentType: action.contentType}),
          ...(action.body !== undefined && {MessageBody: action.body}),
        },
      }
  }
}
