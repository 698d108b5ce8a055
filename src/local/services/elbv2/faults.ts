import {AwsFault} from '../../aws-fault.js'

export const invalid = (message: string): AwsFault => new AwsFault('ValidationError', message)

/**
 * Names what this service leaves out, so that nobody takes silence for support. 501 so that no SDK retries it.
 *
 * @param what in the middle of a sentence, for instance `a Gateway Load Balancer`
 */
export const notEmulated = (what: string): AwsFault =>
  new AwsFault('NotImplemented', `The local AWS does not emulate ${what}`, {status: 501})

const violated = (value: unknown, member: string, constraint: string): AwsFault =>
  invalid(
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  )

/** @param member as AWS names it in messages: the path in lower camel case, for instance `loadBalancerArn` */
export function required<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined) throw violated('null', member, 'not be null')
  return value
}

export function checkRange(value: number | undefined, member: string, [least, most]: readonly [number, number]): void {
  if (value === undefined) return
  if (value < least) throw violated(`'${value}'`, member, `have value greater than or equal to ${least}`)
  if (value > most) throw violated(`'${value}'`, member, `have value less than or equal to ${most}`)
}
