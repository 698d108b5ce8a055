import type {StaticOperationSchema} from '@smithy/types'
import type {WireRequest} from '../http-message.js'
import {queryValues} from '../http-message.js'

/** Method, URI template and status of a REST operation, for instance `GET`, `/2013-04-01/hostedzone/{Id}`, 200. */
export type HttpTrait = readonly [method: string, template: string, status: number]

/** Operations of RPC protocols have no such trait. */
export function httpTrait(operation: StaticOperationSchema): HttpTrait | undefined {
  const traits = operation[3]
  return typeof traits === 'object' ? (traits.http as HttpTrait | undefined) : undefined
}

/**
 * Finds the operation that a request's method, path and fixed query parameters name. Of several the most specific
 * one is chosen: more fixed query parameters first, then fewer labels.
 */
export function matchOperation(
  request: WireRequest,
  operations: readonly StaticOperationSchema[],
): StaticOperationSchema | undefined {
  const matches = operations.filter((operation) => {
    const [method, template] = httpTrait(operation) ?? []
    return method === request.method && template !== undefined && matchTemplate(template, request) !== undefined
  })
  return matches.sort((a, b) => specificity(b) - specificity(a))[0]
}

/** The labels of a path, decoded; undefined where the path or the fixed query parameters differ. */
export function matchTemplate(template: string, request: WireRequest): Record<string, string> | undefined {
  const [path = '', query] = template.split('?')
  for (const [name, value] of new URLSearchParams(query)) {
    if (!queryValues(request, name).includes(value)) return undefined
  }
  const match = pathPattern(path).exec(withoutLastSlash(request.path))
  if (match === null) return undefined
  return Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, decode(text)]))
}

/** A broken escape stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `{Id}` is one segment of the path, `{Key+}` one or more. */
function pathPattern(path: string): RegExp {
  const pattern = withoutLastSlash(path)
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const [, label, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
      if (label === undefined) return part.replace(/[^\w/]/g, '\\$&')
      return greedy === '+' ? `(?<${label}>.+)` : `(?<${label}>[^/]+)`
    })
  return new RegExp(`^${pattern.join('')}$`)
}

const withoutLastSlash = (path: string): string => path.replace(/(?<=.)\/$/, '')

function specificity(operation: StaticOperationSchema): number {
  const [, template = ''] = httpTrait(operation) ?? []
  const [path = '', query = ''] = template.split('?')
  return new URLSearchParams(query).size * 100 - path.split('{').length
}
