import {parseDuration} from '../../lib/duration.js'
import type {Parsed} from '../../lib/parsed.js'
import {invalid, valid} from '../../lib/parsed.js'
import {shown} from '../../lib/whole-number.js'
import type {Fault} from './fault.js'
import type {FaultKind, FaultMember} from './kinds.js'
import {commonMembers, durationMembers, faultKinds, kindNames, numberMembers} from './kinds.js'
import type {OperationCatalog} from './operation-names.js'
import {PASS_ROLE, readOperation, readService, suggestion} from './operation-names.js'

/**
 * Checks one fault of a plan, as JSON gives it. Its problem names the wrong value, and the nearest right one where a
 * name is wrong.
 */
export function readFault(document: unknown, catalog: OperationCatalog): Parsed<Fault> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return invalid(`a fault is an object such as {"kind": "throttle"}, not ${shown(JSON.stringify(document))}`)
  }
  const {kind, ...members} = document as Record<string, unknown>
  if (kind === undefined) return invalid(`a fault needs a kind: ${kindNames.join(', ')}`)
  if (!isKind(kind)) return invalid(`kind ${shown(String(kind))} is unknown: ${suggestion(String(kind), kindNames)}`)
  const read: Record<string, unknown> = {kind}
  for (const [name, value] of Object.entries(members)) {
    const member = readMember(kind, name, value, catalog)
    if (!member.ok) return member
    Object.assign(read, member.value)
  }
  const fault = read as unknown as Fault
  const problem = wholeProblem(fault, members)
  return problem === undefined ? valid(fault) : invalid(`${kind}: ${problem}`)
}

const isKind = (kind: unknown): kind is FaultKind => typeof kind === 'string' && Object.hasOwn(faultKinds, kind)

function readMember(
  kind: FaultKind,
  name: string,
  value: unknown,
  catalog: OperationCatalog,
): Parsed<Readonly<Record<string, unknown>>> {
  const allowed = [...faultKinds[kind].members, ...commonMembers]
  const member = allowed.find((candidate) => candidate === name)
  if (member === undefined) {
    return invalid(`${kind}: there is no ${shown(name)} for this kind: ${suggestion(name, allowed)}`)
  }
  const parsed = parseValue(member, value, catalog)
  if (!parsed.ok) return invalid(`${kind}: ${parsed.problem}`)
  const values = faultKinds[kind].values?.[member]
  if (values !== undefined && !values.some((one) => one === parsed.value)) {
    return invalid(`${kind}: ${member} ${shown(String(value))} is not valid: use ${values.join(' or ')}`)
  }
  const isTime = durationMembers.some((candidate) => candidate === member)
  return valid({[isTime ? `${member}Ms` : member]: parsed.value})
}

function parseValue(member: FaultMember, value: unknown, catalog: OperationCatalog): Parsed<string | number> {
  if (member === 'for' || member === 'delay') return parseTime(member, value)
  if (numberMembers.some((candidate) => candidate === member)) return parseAmount(member, value)
  if (typeof value !== 'string' || value.trim() === '') {
    return invalid(`${member} is a text that is not empty, not ${JSON.stringify(value)}`)
  }
  if (member === 'service') return readService(value, catalog)
  if (member === 'operation') return readOperation(value, catalog)
  if (member === 'account' && !/^\d{12}$/.test(value))
    return invalid(`account ${shown(value)} is not valid: use 12 digits`)
  return valid(value)
}

function parseTime(member: 'for' | 'delay', value: unknown): Parsed<number> {
  const parsed = parseDuration(String(value))
  if (!parsed.ok) return invalid(`${member}: ${parsed.problem}`)
  return parsed.value > 0 || member === 'delay' ? parsed : invalid(`${member} must be longer than 0s`)
}

function parseAmount(member: FaultMember, value: unknown): Parsed<number> {
  if (member === 'probability') {
    if (typeof value === 'number' && value > 0 && value <= 1) return valid(value)
    return invalid(`probability ${JSON.stringify(value)} is not valid: use a number above 0 and up to 1`)
  }
  const min = member === 'skip' ? 0 : member === 'status' ? 100 : 1
  const max = member === 'status' ? 599 : 1_000_000
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return valid(value)
  return invalid(`${member} ${JSON.stringify(value)} is not valid: use a whole number from ${min} to ${max}`)
}

/** What is wrong with members that are good each by itself. */
function wholeProblem(fault: Fault, members: Readonly<Record<string, unknown>>): string | undefined {
  const missing = faultKinds[fault.kind].required?.filter((name) => members[name] === undefined) ?? []
  if (missing.length > 0) return `it needs ${missing.join(' and ')}`
  const {service, operation, cause, status, kind} = fault
  if (operation === PASS_ROLE && kind !== 'access-denied') return `${PASS_ROLE} is a permission and no operation`
  if (service !== undefined && operation !== undefined && !operation.startsWith(`${service}:`)) {
    return `operation ${operation} does not belong to service ${service}`
  }
  if (cause === 'timeout' && status !== undefined) return 'a check that times out has no status'
  return undefined
}
