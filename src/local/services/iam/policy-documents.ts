import {malformedPolicy} from './faults.js'

/** One statement; what its members hold is for the reader to find out. */
export type Statement = Readonly<Record<string, unknown>>

/** The actions that a trust policy may grant; the service answers for the wildcard too. */
const trustActions = /^sts:(AssumeRole(With(SAML|WebIdentity))?|TagSession|SetSourceIdentity|SetContext|\*)$/i

/**
 * Checks the trust policy of a role as IAM does on CreateRole.
 *
 * @throws AwsFault MalformedPolicyDocument with IAM's sentence.
 */
export function checkTrustPolicy(document: string): void {
  for (const statement of statementsOf(document, 'This policy contains invalid Json')) {
    if ('Resource' in statement) throw malformedPolicy('Has prohibited field Resource')
    if (!('Principal' in statement || 'NotPrincipal' in statement)) {
      throw malformedPolicy('Missing required field Principal')
    }
    if (!('Action' in statement)) throw malformedPolicy('Missing required field Action')
    if (!texts(statement.Action).every((action) => trustActions.test(action))) {
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.')
    }
    // Names of services are host names; the account's own services are not checked further.
    const unknown = servicesOf(statement).find((service) => !/^[a-z0-9.-]+\.[a-z.]+$/.test(service))
    if (unknown !== undefined) throw malformedPolicy(`Invalid principal in policy: "SERVICE":"${unknown}"`)
  }
}

/**
 * Checks an inline policy of a role as IAM does on PutRolePolicy.
 *
 * @throws AwsFault MalformedPolicyDocument with IAM's sentence.
 */
export function checkIdentityPolicy(document: string): void {
  for (const statement of statementsOf(document, 'Syntax errors in policy.')) {
    if ('Principal' in statement || 'NotPrincipal' in statement) {
      throw malformedPolicy('Policy document should not specify a principal.')
    }
    if (!('Action' in statement || 'NotAction' in statement)) {
      throw malformedPolicy('Policy statement must contain actions.')
    }
    if (!('Resource' in statement || 'NotResource' in statement)) {
      throw malformedPolicy('Policy statement must contain resources.')
    }
  }
}

/** The services that a trust policy lets assume the role, for instance `ecs-tasks.amazonaws.com`. */
export function trustedServices(document: string): string[] {
  const statements = statementsOf(document, 'This policy contains invalid Json')
  const allowing = statements.filter(
    ({Effect, Action}) => Effect === 'Allow' && texts(Action).some((action) => /^sts:(AssumeRole|\*)$/i.test(action)),
  )
  return [...new Set(allowing.flatMap(servicesOf))]
}

function servicesOf({Principal}: Statement): string[] {
  return isObject(Principal) ? texts(Principal.Service) : []
}

function statementsOf(document: string, notJson: string): Statement[] {
  const policy = parse(document, notJson)
  const content = isObject(policy) ? policy.Statement : undefined
  const statements = Array.isArray(content) ? content : [content]
  if (statements.length === 0) throw malformedPolicy('Syntax errors in policy.')
  return statements.map((statement: unknown) => {
    if (!isObject(statement)) throw malformedPolicy('Syntax errors in policy.')
    if (!('Effect' in statement)) throw malformedPolicy('Missing required field Effect')
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
      throw malformedPolicy(`Invalid effect: ${String(statement.Effect)}`)
    }
    return statement
  })
}

function parse(document: string, notJson: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    throw malformedPolicy(notJson)
  }
}

const isObject = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text, or the texts of a list, as policies write either. */
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string')
