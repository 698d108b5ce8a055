import type {RuleCondition} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {Condition} from '../../balancer/model.js'
import {invalid, notEmulated} from './faults.js'

const FIELDS = [
  'path-pattern',
  'host-header',
  'http-header',
  'query-string',
  'http-request-method',
  'source-ip',
] as const
type Field = (typeof FIELDS)[number]

const CONFIG_OF = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'query-string': 'QueryStringConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'source-ip': 'SourceIpConfig',
} as const satisfies Record<Field, keyof RuleCondition>

/**
 * A condition from the API.
 *
 * @throws AwsFault ValidationError for an unknown field, a missing value or both ways of giving the values
 */
export function conditionFrom(condition: RuleCondition): Condition {
  const field = fieldOf(condition)
  const config = CONFIG_OF[field]
  if (condition.RegexValues !== undefined || hasRegex(condition))
    throw notEmulated('a regular expression in a condition')
  if (condition.Values !== undefined && field !== 'path-pattern' && field !== 'host-header') {
    throw invalid(`The 'Values' field is not compatible with '${field}'`)
  }
  if (condition.Values !== undefined && condition[config] !== undefined) {
    throw invalid(`You cannot provide both Values and '${config}' for a condition of type '${field}'`)
  }
  if (condition.Values === undefined && condition[config] === undefined) {
    throw invalid(`A '${config}' must be specified with '${field}'`)
  }
  return build(field, condition)
}

function fieldOf({Field: name}: RuleCondition): Field {
  const field = FIELDS.find((candidate) => candidate === name)
  if (field === undefined) throw invalid(`Condition field '${name ?? ''}' must be one of '[${FIELDS.join(', ')}]'`)
  return field
}

const hasRegex = ({HostHeaderConfig, HttpHeaderConfig, PathPatternConfig}: RuleCondition): boolean =>
  [HostHeaderConfig, HttpHeaderConfig, PathPatternConfig].some((config) => config?.RegexValues !== undefined)

function build(field: Field, condition: RuleCondition): Condition {
  switch (field) {
    case 'http-header': {
      const {HttpHeaderName: name, Values} = condition.HttpHeaderConfig ?? {}
      if (!name) throw invalid("A 'HttpHeaderName' must be specified with 'http-header'")
      return {field, name, values: someValues(Values)}
    }
    case 'query-string':
      return {
        field,
        pairs: someValues(condition.QueryStringConfig?.Values).map(({Key, Value}) => {
          if (Value === undefined) throw invalid("A 'Value' must be specified in 'QueryStringKeyValuePair'")
          return {...(Key !== undefined && {key: Key}), value: Value}
        }),
      }
    default:
      return {field, values: someValues(condition.Values ?? condition[CONFIG_OF[field]]?.Values)}
  }
}

function someValues<Value>(values: readonly Value[] | undefined): Value[] {
  if (values === undefined || values.length === 0) throw invalid('A condition value must be specified')
  return [...values]
}

/** A condition in the shape of the API; AWS repeats the values of hosts and paths in the old place. */
export function describeCondition(condition: Condition): RuleCondition {
  const {field} = condition
  switch (field) {
    case 'http-header':
      return {Field: field, HttpHeaderConfig: {HttpHeaderName: condition.name, Values: condition.values}}
    case 'query-string':
      return {
        Field: field,
        QueryStringConfig: {
          Values: condition.pairs.map(({key, value}) => ({...(key !== undefined && {Key: key}), Value: value})),
        },
      }
    case 'path-pattern':
    case 'host-header':
      return {Field: field, Values: condition.values, [CONFIG_OF[field]]: {Values: condition.values}}
    default:
      return {Field: field, [CONFIG_OF[field]]: {Values: condition.values}}
  }
}
