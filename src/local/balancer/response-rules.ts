import type {ListenerRecord} from './model.js'

/** What the attributes of a listener say of the headers of every answer. */
export interface ResponseRules {
  /** Put in the place of what a target says; by lower-case name. */
  readonly set: Readonly<Record<string, string>>
  readonly hidesServer: boolean
}

const PREFIX = 'routing.http.response.'
const SUFFIX = '.header_value'

export function responseRules({attributes}: Pick<ListenerRecord, 'attributes'>): ResponseRules {
  const values = Object.entries(attributes).filter(
    ([key, value]) => key.startsWith(PREFIX) && key.endsWith(SUFFIX) && value !== '',
  )
  return {
    set: Object.fromEntries(
      values.map(([key, value]) => [key.slice(PREFIX.length, -SUFFIX.length).replaceAll('_', '-'), value]),
    ),
    hidesServer: attributes[`${PREFIX}server.enabled`] === 'false',
  }
}

/** Headers as they reach the client. */
export function ruledHeaders<Value>(
  headers: Readonly<Record<string, Value>>,
  {set, hidesServer}: ResponseRules,
): Record<string, Value | string> {
  const {server, ...others} = headers
  return {...(hidesServer || server === undefined ? {} : {server}), ...others, ...set}
}
