import {lastNameOf, looksLikeArn, parseArn} from './arn.js'
import type {Parsed} from './parsed.js'
import {invalid, parseEach, valid} from './parsed.js'
import {shown} from './whole-number.js'

const MAX_SUBNETS = 16
const MAX_SECURITY_GROUPS = 5

/** A role as the user names it; a name stands for the role of that name in the account. */
export type RoleReference =
  | {readonly kind: 'name'; readonly name: string}
  | {readonly kind: 'arn'; readonly arn: string; readonly name: string}

/** Reads subnet ids, each of which may be a comma-separated list. ECS takes up to 16. */
export function parseSubnetIds(texts: readonly string[]): Parsed<string[]> {
  return parseIds(texts, {name: 'subnet id', prefix: 'subnet', plural: 'subnets', most: MAX_SUBNETS})
}

/** Reads security group ids, each of which may be a comma-separated list. ECS takes up to 5. */
export function parseSecurityGroupIds(texts: readonly string[]): Parsed<string[]> {
  return parseIds(texts, {
    name: 'security group id',
    prefix: 'sg',
    plural: 'security groups',
    most: MAX_SECURITY_GROUPS,
  })
}

/** The problem of a region name, or `undefined`. Only the shape is checked: AWS adds regions. */
export function regionProblem(region: string): string | undefined {
  if (/^[a-z]{2,4}(?:-[a-z]+){1,3}-[0-9]{1,2}$/.test(region)) return undefined
  return `region ${shown(region)} is not valid: use a name such as us-east-1`
}

/** Reads the name or the ARN of an IAM role. A role with a path needs its ARN only where AWS wants one. */
export function parseRole(text: string): Parsed<RoleReference> {
  if (!looksLikeArn(text)) {
    if (/^[\w+=,.@-]{1,64}$/.test(text)) return valid({kind: 'name', name: text})
    return invalid(`role ${shown(text)} is not valid: use the name of a role, up to 64 letters, digits and +=,.@_-`)
  }
  const arn = parseArn(text)
  if (!arn.ok) return invalid(`role ${arn.problem}`)
  const {service, account, resource} = arn.value
  const isRole = service === 'iam' && account !== '' && /^role\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/.test(resource)
  if (isRole) return valid({kind: 'arn', arn: text, name: lastNameOf(resource)})
  return invalid(`role ${text} is the ARN of something else: use arn:aws:iam::<account>:role/<name>`)
}

/** Reads the name of a cluster, or takes it from the ARN of one. */
export function parseClusterReference(text: string): Parsed<string> {
  if (!looksLikeArn(text)) return valid(text)
  const arn = parseArn(text)
  if (!arn.ok) return invalid(`cluster ${arn.problem}`)
  const [, name] = /^cluster\/([A-Za-z0-9_-]+)$/.exec(arn.value.service === 'ecs' ? arn.value.resource : '') ?? []
  return name === undefined
    ? invalid(`cluster ${text} is the ARN of something else: use the name of a cluster`)
    : valid(name)
}

interface IdRule {
  readonly name: string
  readonly prefix: string
  readonly plural: string
  readonly most: number
}

function parseIds(texts: readonly string[], {name, prefix, plural, most}: IdRule): Parsed<string[]> {
  const items = texts.flatMap((text) => text.split(',')).map((item) => item.trim())
  const pattern = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`)
  const ids = parseEach(items, (item) => {
    if (pattern.test(item)) return valid(item)
    return invalid(`${name} ${shown(item)} is not valid: use ${prefix}- and 8 or 17 hexadecimal digits`)
  })
  if (!ids.ok) return ids
  const unique = [...new Set(ids.value)]
  return unique.length <= most ? valid(unique) : invalid(`${unique.length} ${plural} are too many: use at most ${most}`)
}
