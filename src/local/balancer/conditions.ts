import {BlockList, isIP} from 'node:net'
import type {Condition} from './model.js'
import {compilePattern} from './wildcard.js'

/** What rule conditions look at. */
export interface RequestFacts {
  readonly method: string
  /** Path and query as sent, for instance `/a?b=c`. */
  readonly path: string
  /** By lower-case name; several headers of one name are several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly sourceIp: string
}

/** Whether a request satisfies a condition: at least one of its values must match. */
export function conditionHolds(condition: Condition, request: RequestFacts): boolean {
  switch (condition.field) {
    case 'host-header':
      return anyMatches(condition.values, [hostOf(request)], {ignoreCase: true})
    case 'path-pattern':
      return anyMatches(condition.values, [pathOf(request.path)], {ignoreCase: false})
    case 'http-request-method':
      return condition.values.includes(request.method)
    case 'source-ip':
      return condition.values.some((cidr) => inCidr(cidr, request.sourceIp))
    case 'http-header': {
      const values = request.headers.get(condition.name.toLowerCase()) ?? []
      return anyMatches(condition.values, values, {ignoreCase: true})
    }
    case 'query-string':
      return condition.pairs.some((pair) => pairMatches(pair, queryPairs(request.path)))
  }
}

/** The host that the client asked for, without its port: the port of a listener differs on this machine. */
export const hostOf = (request: RequestFacts): string => (request.headers.get('host')?.[0] ?? '').replace(/:\d+$/, '')

/** The path of a request target, without its query. */
export const pathOf = (target: string): string => target.split('?', 1)[0] ?? ''

/** The query of a request target, without its question mark. */
export const queryOf = (target: string): string => target.slice(pathOf(target).length + 1)

function anyMatches(patterns: readonly string[], values: readonly string[], options: {ignoreCase: boolean}): boolean {
  return patterns.some((pattern) => {
    const expression = compilePattern(pattern, options)
    return values.some((value) => expression.test(value))
  })
}

interface Pair {
  readonly key?: string
  readonly value: string
}

function queryPairs(target: string): readonly Required<Pair>[] {
  const query = queryOf(target)
  if (query === '') return []
  return query.split('&').map((part) => {
    const at = part.indexOf('=')
    return at === -1 ? {key: part, value: ''} : {key: part.slice(0, at), value: part.slice(at + 1)}
  })
}

function pairMatches(wanted: Pair, actual: readonly Required<Pair>[]): boolean {
  const value = compilePattern(wanted.value, {ignoreCase: true})
  const key = wanted.key === undefined ? undefined : compilePattern(wanted.key, {ignoreCase: true})
  return actual.some((pair) => (key === undefined || key.test(pair.key)) && value.test(pair.value))
}

function inCidr(cidr: string, address: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(network) === 0 || isIP(network) !== isIP(address)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(prefix), family)
  return list.check(address, family)
}
