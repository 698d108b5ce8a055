import type {RequestFacts} from './conditions.js'
import {hostOf, pathOf, queryOf} from './conditions.js'
import type {RedirectAction} from './model.js'

export interface RedirectTarget {
  readonly protocol: string
  readonly host: string
  readonly port: number
  readonly path: string
  readonly query: string
}

/** Fills in the keywords of a redirect from the request and the listener that took it. */
export function redirectTarget(
  action: RedirectAction,
  request: RequestFacts,
  listener: {readonly protocol: string; readonly port: number},
): RedirectTarget {
  const keywords: Record<string, string> = {
    protocol: listener.protocol,
    host: hostOf(request),
    port: String(listener.port),
    path: pathOf(request.path).replace(/^\//, ''),
    query: queryOf(request.path),
  }
  const fill = (template: string) =>
    template.replace(/#\{(protocol|host|port|path|query)\}/g, (_, keyword: string) => keywords[keyword] ?? '')
  return {
    protocol: fill(action.protocol).toLowerCase(),
    host: fill(action.host),
    port: Number(fill(action.port)),
    path: fill(action.path),
    query: fill(action.query),
  }
}

/** The Location header as an Application Load Balancer writes it: always with the port. */
export const locationOf = ({protocol, host, port, path, query}: RedirectTarget): string =>
  `${protocol}://${host}:${port}${path}${query === '' ? '' : `?${query}`}`
