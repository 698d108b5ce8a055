import type {MemberName} from '../../constraints/input-check.js'
import {validationName} from '../../constraints/input-check.js'
import type {Violation} from '../../constraints/violation.js'
import {validationMessage} from '../../constraints/violation.js'

/** Elements of the body have the names of the document, what stands in path and query those of AWS's validation. */
export const xmlMemberName: MemberName = (name, traits) =>
  isInBody(traits) ? (traits.xmlName ?? name) : validationName(name, traits)

const isInBody = ({httpLabel, httpQuery, httpHeader}: Parameters<MemberName>[1]): boolean =>
  !(httpLabel || httpQuery || httpHeader)

/**
 * What Route 53 says of an input that breaks the model: AWS's validation looks at path and query, and a body is held
 * against an XML schema, whose validator stops at the first mistake.
 */
export function invalidInputMessage(violations: readonly Violation[], operation: string, xmlNamespace: string): string {
  const outside = violations.filter(({path}) => /^[a-z]/.test(path)).map(namedByShape)
  if (outside.length > 0) return validationMessage(outside)
  const [first] = violations
  return first === undefined ? '' : `Invalid XML ; ${schemaSentence(first, operation, xmlNamespace)}`
}

/** Ids of hosted zones are called after their shape, whatever the operation calls them. */
const namedByShape = (violation: Violation): Violation =>
  violation.rule.shape === 'ResourceId' ? {...violation, path: 'resourceId'} : violation

function schemaSentence({path, value, rule, schema}: Violation, operation: string, xmlNamespace: string): string {
  const elements = path.split('.').filter((part) => !/^(\d+|member)$/.test(part))
  const element = elements.at(-1) ?? ''
  if (rule.kind === 'required') return incomplete(elements.at(-2) ?? `${operation}Request`, element, xmlNamespace)
  if (schema.isListSchema() && rule.kind === 'length') {
    return incomplete(element, schema.getValueSchema().getMergedTraits().xmlName ?? 'member', xmlNamespace)
  }
  const text = `Value '${String(value)}'`
  switch (rule.kind) {
    case 'enum':
      return (
        `cvc-enumeration-valid: ${text} is not facet-valid with respect to enumeration ` +
        `'[${rule.allowed?.join(', ')}]'. It must be a value from the enumeration.`
      )
    case 'pattern':
      return `cvc-pattern-valid: ${text} is not facet-valid with respect to pattern '${rule.pattern}' for type '${rule.shape}'.`
    default: {
      const isMost = rule.sentence.includes('less than')
      const facet = rule.kind === 'range' ? `${isMost ? 'max' : 'min'}Inclusive` : `${isMost ? 'max' : 'min'}Length`
      const length = rule.kind === 'range' ? '' : ` with length = '${String(value).length}'`
      return `cvc-${facet}-valid: ${text}${length} is not facet-valid with respect to ${facet} '${rule.limit}' for type '${rule.shape}'.`
    }
  }
}

const incomplete = (element: string, expected: string, xmlNamespace: string): string =>
  `cvc-complex-type.2.4.b: The content of element '${element}' is not complete. ` +
  `One of '{"${xmlNamespace}":${expected}}' is expected.`
