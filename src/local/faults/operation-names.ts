import {closest} from '../../lib/closest.js'
import type {Parsed} from '../../lib/parsed.js'
import {invalid, valid} from '../../lib/parsed.js'
import {shown} from '../../lib/whole-number.js'

/** The operations that the local AWS has, by the signing name of their service. */
export type OperationCatalog = ReadonlyMap<string, readonly string[]>

/** An action of a permission that is no operation: it is needed to hand a role to ECS. */
export const PASS_ROLE = 'iam:PassRole'

/** The names that people know beside the signing name. */
const aliases: Readonly<Record<string, string>> = {elbv2: 'elasticloadbalancing', elb: 'elasticloadbalancing'}

/** Reads the name of a service; answers its signing name. */
export function readService(name: string, catalog: OperationCatalog): Parsed<string> {
  const signingName = aliases[name.toLowerCase()] ?? name.toLowerCase()
  if (catalog.has(signingName)) return valid(signingName)
  const known = [...catalog.keys(), 'elbv2']
  return invalid(`service ${shown(name)} is not emulated: ${suggestion(name, known)}`)
}

/**
 * Reads `ecs:UpdateService`, or with an asterisk at its end several operations: `ecs:Describe*`. Small and capital
 * letters are the same.
 */
export function readOperation(text: string, catalog: OperationCatalog): Parsed<string> {
  if (text.toLowerCase() === PASS_ROLE.toLowerCase()) return valid(PASS_ROLE)
  const [prefix = '', wanted, ...more] = text.split(':')
  if (wanted === undefined || more.length > 0) {
    return invalid(`operation ${shown(text)} is not valid: ${qualified(text, catalog)}`)
  }
  const service = readService(prefix, catalog)
  if (!service.ok) return service
  const names = catalog.get(service.value) ?? []
  const matches = names.filter((name) => matchesName(wanted, name))
  const exact = matches.find((name) => name.toLowerCase() === wanted.toLowerCase())
  if (matches.length > 0) return valid(`${service.value}:${exact ?? wanted}`)
  const near = suggestion(wanted, names, (name) => `${prefix}:${name}`)
  return invalid(`operation ${shown(text)} is not emulated: ${near}`)
}

/** Whether `pattern`, which may end in an asterisk, names an operation. */
export function matchesName(pattern: string, name: string): boolean {
  const [wanted, actual] = [pattern.toLowerCase(), name.toLowerCase()]
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted
}

/** What somebody may have meant who left the service out. */
function qualified(text: string, catalog: OperationCatalog): string {
  const all = [...catalog].flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
  const meant = all.filter((name) => name.toLowerCase().endsWith(`:${text.toLowerCase()}`))
  return meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : 'use service:Operation, e.g. ecs:UpdateService'
}

/** Names what is most alike, or everything where nothing is and it is short enough. */
export function suggestion(
  word: string,
  candidates: readonly string[],
  spell: (candidate: string) => string = (candidate) => candidate,
): string {
  const near = closest(word, candidates, {limit: 1})[0]
  if (near !== undefined) return `did you mean ${spell(near)}?`
  if (candidates.length > 40) return 'see docs/local-aws.md for what is emulated'
  return `use ${candidates.map(spell).join(', ')}`
}
