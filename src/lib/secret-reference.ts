import {formatArn, looksLikeArn, parseArn} from './arn.js'
import {environmentNameProblem} from './environment-variable.js'
import type {Parsed} from './parsed.js'
import {firstRepeated, invalid, parseEach, valid} from './parsed.js'
import {shown} from './whole-number.js'

/** Where ECS reads a secret from. */
export type SecretSource =
  /** A parameter of the region of the task, by its name. */
  | {readonly kind: 'parameter-name'; readonly parameter: string}
  /** A parameter of any region. */
  | {readonly kind: 'parameter-arn'; readonly arn: string}
  | {
      readonly kind: 'secret'
      /** The secret itself, without the parts that select a key or a version: what an IAM policy names. */
      readonly arn: string
      readonly jsonKey?: string
      readonly versionStage?: string
      readonly versionId?: string
    }

export interface SecretReference {
  /** The environment variable that the container sees. */
  readonly name: string
  /** As ECS takes it. */
  readonly valueFrom: string
  readonly source: SecretSource
}

const FORMS = 'use NAME=<ARN of a Secrets Manager secret or of an SSM parameter> or NAME=/path/of/parameter'
const SUFFIX = ':json-key:version-stage:version-id'
const PARAMETER_NAME = /^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/
const MAX_PARAMETER_NAME_LENGTH = 2048

/**
 * Reads `NAME=<source>`, split on the first `=`. The source is the ARN of a Secrets Manager secret, with or without
 * `:json-key:version-stage:version-id`; the ARN of an SSM parameter; or the name of an SSM parameter in the region of
 * the task.
 */
export function parseSecretReference(text: string): Parsed<SecretReference> {
  const equals = text.indexOf('=')
  if (equals === -1) return invalid(`secret ${shown(text)} has no "=": ${FORMS}`)
  const name = text.slice(0, equals)
  const valueFrom = text.slice(equals + 1)
  if (name === '') return invalid(`secret ${shown(text)} has no name before "=": ${FORMS}`)
  const problem = environmentNameProblem(name)
  if (problem !== undefined) return invalid(problem)
  if (valueFrom === '') return invalid(`secret ${text} has no source after "=": ${FORMS}`)
  const source = looksLikeArn(valueFrom) ? sourceOfArn(name, valueFrom) : sourceOfName(name, valueFrom)
  return source.ok ? valid({name, valueFrom, source: source.value}) : source
}

/** Reads several references. ECS takes one secret for a name. */
export function parseSecretReferences(texts: readonly string[]): Parsed<SecretReference[]> {
  const secrets = parseEach(texts, parseSecretReference)
  if (!secrets.ok) return secrets
  const repeated = firstRepeated(secrets.value, ({name}) => name)
  if (repeated === undefined) return secrets
  return invalid(`secret ${repeated.name} is given more than once: give each name once`)
}

/** The problem of a container with a name that is both a variable and a secret, which ECS refuses; or `undefined`. */
export function sharedNameProblem(
  environment: readonly {readonly name: string}[],
  secrets: readonly {readonly name: string}[],
): string | undefined {
  const names = new Set(environment.map(({name}) => name))
  const shared = secrets.find(({name}) => names.has(name))
  if (shared === undefined) return undefined
  return `${shared.name} is both an environment variable and a secret: keep one of the two`
}

function sourceOfArn(name: string, text: string): Parsed<SecretSource> {
  const arn = parseArn(text)
  if (!arn.ok) return invalid(`secret ${name}: ${arn.problem}`)
  const {service, resource} = arn.value
  if (service === 'ssm' && resource.startsWith('parameter/')) {
    const parameter = resource.slice('parameter'.length)
    return isParameterName(parameter)
      ? valid({kind: 'parameter-arn', arn: text})
      : invalid(parameterProblem(name, parameter))
  }
  if (service === 'secretsmanager' && resource.startsWith('secret:')) {
    return sourceOfSecret(name, text, resource, (base) => formatArn({...arn.value, resource: base}))
  }
  return invalid(
    `secret ${name} comes from ${text}, which is neither a Secrets Manager secret nor an SSM parameter: ${FORMS}`,
  )
}

function sourceOfSecret(
  name: string,
  text: string,
  resource: string,
  arnOf: (resource: string) => string,
): Parsed<SecretSource> {
  const [, secret = '', ...selectors] = resource.split(':')
  if (secret === '') return invalid(`secret ${name} comes from ${text}, which names no secret: ${FORMS}`)
  if (selectors.length !== 0 && selectors.length !== 3) {
    return invalid(
      `secret ${name} comes from ${text}, whose end is not valid: ` +
        `add all of ${SUFFIX} and leave empty what you do not need, e.g. :password::`,
    )
  }
  const [jsonKey, versionStage, versionId] = selectors
  return valid({
    kind: 'secret',
    arn: arnOf(`secret:${secret}`),
    ...(jsonKey && {jsonKey}),
    ...(versionStage && {versionStage}),
    ...(versionId && {versionId}),
  })
}

function sourceOfName(name: string, text: string): Parsed<SecretSource> {
  if (!isParameterName(text)) return invalid(parameterProblem(name, text))
  return valid({kind: 'parameter-name', parameter: text})
}

function isParameterName(text: string): boolean {
  return PARAMETER_NAME.test(text) && text.length <= MAX_PARAMETER_NAME_LENGTH
}

function parameterProblem(name: string, parameter: string): string {
  const start = `secret ${name} comes from ${shown(parameter)}, which is not the name of an SSM parameter`
  if (parameter.includes(':')) return `${start}: leave out the colon, ECS always reads the latest version`
  return `${start}: use letters, digits, _ . - and / between them`
}
