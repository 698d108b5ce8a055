import type {ParametersPort, SecretsPort, SecretsResolution, SecretValuesPort} from './ports.js'
import type {Scope} from './scope.js'

export interface ContainerSecretsOptions {
  readonly parameters: ParametersPort
  readonly secretValues: SecretValuesPort
}

type Resolved = {readonly value: string} | {readonly problem: string}

/** What a reference to a secret of Secrets Manager says after the ARN: `:json-key:version-stage:version-id`. */
interface SecretReference {
  readonly secretId: string
  readonly scope: Scope
  readonly jsonKey: string
  readonly stage: string
  readonly versionId: string
}

const FAILURE =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed'
const RETRIED = 'service call has been retried 1 time(s)'

/**
 * What the agent of Fargate does with the `valueFrom`s of a task: ARNs of Secrets Manager secrets, with the key of a
 * JSON text and a version where they are asked for, and names or ARNs of SSM parameters. It asks for all parameters
 * at once, so that a failure names all that are missing.
 */
export const createContainerSecrets = (options: ContainerSecretsOptions): SecretsPort => ({
  resolve(scope, references) {
    const values = new Map<string, string>()
    const parameters = references.filter((reference) => !isSecretArn(reference))
    for (const reference of references.filter(isSecretArn)) {
      const found = secretValue(options.secretValues, reference)
      if ('problem' in found) return failed(`unable to retrieve secret from asm: ${RETRIED}: ${found.problem}`)
      values.set(reference, found.value)
    }
    const missing = parameters.filter((reference) => {
      const value = options.parameters.findValue(parameterScope(scope, reference), reference)
      if (value !== undefined) values.set(reference, value)
      return value === undefined
    })
    if (missing.length > 0) {
      const names = [...new Set(missing.map(parameterName))].join(',')
      return failed(`unable to retrieve secrets from ssm: ${RETRIED}: invalid ssm parameters: ${names}`)
    }
    return {outcome: 'resolved', values}
  },
})

const failed = (problem: string): SecretsResolution => ({outcome: 'failed', reason: `${FAILURE}: ${problem}`})

const isSecretArn = (reference: string): boolean => /^arn:[\w-]+:secretsmanager:/.test(reference)

function parameterScope(scope: Scope, reference: string): Scope {
  const region = /^arn:[\w-]+:ssm:([\w-]+):/.exec(reference)?.[1]
  return region === undefined ? scope : {...scope, region}
}

/** The agent asks for `/path/name` where a reference is an ARN, and for a plain name as it stands. */
function parameterName(reference: string): string {
  const name = /^arn:[\w-]+:ssm:[\w-]+:\d*:parameter\/(.+)$/.exec(reference)?.[1]
  if (name === undefined) return reference
  return name.includes('/') ? `/${name}` : name
}

function secretValue(port: SecretValuesPort, reference: string): Resolved {
  const parsed = parseSecretReference(reference)
  if (parsed === undefined) {
    return {problem: 'unexpected ARN format with parameters when trying to retrieve ASM secret'}
  }
  const {secretId, scope, jsonKey, stage, versionId} = parsed
  const version = {...(stage !== '' && {stage}), ...(versionId !== '' && {id: versionId})}
  const found = port.findValue(scope, secretId, version)
  if (found.outcome === 'failed') {
    return {problem: `failed to fetch secret ${secretId} from secrets manager: ${found.fault}`}
  }
  return jsonKey === '' ? {value: found.text} : jsonMember(found.text, jsonKey)
}

/** Undefined for an ARN with some of the three last parts and not all of their colons, which the agent refuses. */
function parseSecretReference(reference: string): SecretReference | undefined {
  const parts = reference.split(':')
  if (parts.length !== 7 && parts.length !== 10) return undefined
  const [, , , region = '', account = '', , , jsonKey = '', stage = '', versionId = ''] = parts
  return {secretId: parts.slice(0, 7).join(':'), scope: {account, region}, jsonKey, stage, versionId}
}

/** The agent is a Go program: its words for a text that is no JSON object are those of Go's parser. */
function jsonMember(text: string, key: string): Resolved {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return {problem: syntaxProblem(text)}
  }
  if (Array.isArray(document) || (typeof document !== 'object' && document !== null)) {
    const kind = Array.isArray(document) ? 'array' : typeof document === 'boolean' ? 'bool' : typeof document
    return {problem: `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`}
  }
  const value: unknown = Object.hasOwn(document ?? {}, key) ? (document as Record<string, unknown>)[key] : undefined
  if (value === undefined) {
    return {problem: `retrieved secret from Secrets Manager did not contain json key ${key}`}
  }
  return {value: goText(value)}
}

/** The two mistakes that people make: a text that is no JSON at all, and keys without quotes. */
function syntaxProblem(text: string): string {
  const [first = '', second = ''] = text.replaceAll(/\s/g, '')
  if (first !== '' && !'{["'.includes(first)) return `invalid character '${first}' looking for beginning of value`
  if (first === '{' && second !== '' && !'"}'.includes(second)) {
    return `invalid character '${second}' looking for beginning of object key string`
  }
  return 'unexpected end of JSON input'
}

/** A value as Go prints it: numbers from a million on with an exponent, for instance `1e+06`. */
function goText(value: unknown): string {
  if (typeof value === 'object') return value === null ? '<nil>' : JSON.stringify(value)
  if (typeof value !== 'number' || value === 0) return String(value)
  const scientific = value.toExponential()
  const exponent = Number(scientific.split('e')[1])
  if (exponent >= -4 && exponent < 6) return String(value)
  return scientific.replace(/([+-])(\d)$/, '$10$2')
}
