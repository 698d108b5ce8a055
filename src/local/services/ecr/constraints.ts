import {invalidParameter} from '../../registry/faults.js'
import type {Operation} from '../../wire/service.js'

interface Constraint {
  /** Characters of a string, or entries of a list. */
  readonly length?: readonly [minimum: number, maximum: number]
  readonly range?: readonly [minimum: number, maximum: number]
  readonly pattern?: string
  readonly oneOf?: readonly string[]
}

const namePattern = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*'

/** What ECR's service model demands of members by their paths; each means the same in every operation. */
const constraints: Readonly<Record<string, Constraint>> = {
  registryId: {pattern: '[0-9]{12}'},
  registryIds: {length: [1, 10]},
  repositoryName: {length: [2, 256], pattern: namePattern},
  repositoryNames: {length: [1, 100]},
  maxResults: {range: [1, 1000]},
  imageIds: {length: [1, 100]},
  imageManifest: {length: [1, 4_194_304]},
  imageTag: {length: [1, 300]},
  layerDigests: {length: [1, 100]},
  lifecyclePolicyText: {length: [100, 30_720]},
  policyText: {length: [0, 10_240]},
  imageTagMutability: {oneOf: ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION']},
  imageTagMutabilityExclusionFilters: {length: [1, 5]},
  'encryptionConfiguration.encryptionType': {oneOf: ['AES256', 'KMS', 'KMS_DSSE']},
  'filter.tagStatus': {oneOf: ['TAGGED', 'UNTAGGED', 'ANY']},
  'filter.imageStatus': {oneOf: ['ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY']},
}

/** The operation with its input checked first, as ECR does before it looks for anything. */
export const withConstraints = ({schema, handle}: Operation): Operation => ({
  schema,
  handle: (input, request) => {
    checkMembers(input, '')
    return handle(input, request)
  },
})

/** @throws AwsFault InvalidParameterException for the first member that breaks a rule */
function checkMembers(input: object, prefix: string): void {
  for (const [name, value] of Object.entries(input)) {
    const path = prefix + name
    const rule = brokenRule(value, constraints[path] ?? {})
    if (rule !== undefined) throw invalidParameter(path, `must ${rule}`)
    if (prefix === '' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      checkMembers(value, `${name}.`)
    }
  }
}

function brokenRule(value: unknown, {length, range, pattern, oneOf}: Constraint): string | undefined {
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined
  if (length !== undefined && size !== undefined) {
    if (size < length[0]) return `have length greater than or equal to ${length[0]}`
    if (size > length[1]) return `have length less than or equal to ${length[1]}`
  }
  if (range !== undefined && typeof value === 'number') {
    if (value < range[0]) return `have value greater than or equal to ${range[0]}`
    if (value > range[1]) return `have value less than or equal to ${range[1]}`
  }
  if (typeof value !== 'string') return undefined
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
    return `satisfy regular expression '${pattern}'`
  }
  return oneOf === undefined || oneOf.includes(value) ? undefined : `satisfy enum value set: [${oneOf.join(', ')}]`
}
