import {invalidParameter, invalidRequest, resourceExists, stageNotFound, versionNotFound} from './faults.js'
import type {SecretContent, SecretRecord, SecretVersion} from './records.js'

export const CURRENT = 'AWSCURRENT'
const PREVIOUS = 'AWSPREVIOUS'
const PENDING = 'AWSPENDING'

/** Versions beyond this many go, those without a label first. */
const VERSION_LIMIT = 100

interface ContentInput {
  readonly SecretString?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
}

/** The value of a request, if it has one. @throws AwsFault InvalidParameterException for two of them */
export function contentOf({SecretString, SecretBinary}: ContentInput): SecretContent | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.")
  }
  if (SecretString !== undefined) return {text: SecretString}
  return SecretBinary === undefined ? undefined : {base64: Buffer.from(SecretBinary).toString('base64')}
}

export const isSame = (one: SecretContent | undefined, other: SecretContent | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * Adds a version under these labels, which leave the version that had them. What was AWSCURRENT becomes AWSPREVIOUS.
 * A repeated request, with the same id and value, adds nothing.
 *
 * @throws AwsFault ResourceExistsException where the id is that of another value
 */
export function addVersion(secret: SecretRecord, added: SecretVersion, labels: readonly string[]): void {
  const present = secret.versions.find(({id}) => id === added.id)
  if (present !== undefined && !isSame(present.content, added.content)) {
    throw resourceExists('A resource with the ID you requested already exists.')
  }
  if (present === undefined) secret.versions = [...secret.versions, added]
  // The first version of a secret is its current one, whatever the request says.
  const wanted = secret.stages[CURRENT] === undefined ? [...new Set([CURRENT, ...labels])] : labels
  for (const label of wanted) moveStage(secret, label, added.id)
  secret.changedAt = added.createdAt
  secret.versions = withinLimit(secret)
}

/** Gives a label to a version. AWSPENDING leaves what becomes current with the rotation that set it. */
function moveStage(secret: SecretRecord, label: string, versionId: string): void {
  const before = secret.stages[label]
  if (before === versionId) return
  secret.stages = {...secret.stages, [label]: versionId}
  if (label === CURRENT && before !== undefined) secret.stages = {...secret.stages, [PREVIOUS]: before}
  if (label === CURRENT && secret.stages[PENDING] === versionId) secret.stages = without(secret.stages, PENDING)
}

const without = (stages: SecretRecord['stages'], label: string): SecretRecord['stages'] =>
  Object.fromEntries(Object.entries(stages).filter(([each]) => each !== label))

function withinLimit(secret: SecretRecord): readonly SecretVersion[] {
  const extra = secret.versions.length - VERSION_LIMIT
  const deprecated = secret.versions.filter(({id}) => stagesOf(secret, id).length === 0)
  const gone = new Set(extra > 0 ? deprecated.slice(0, extra) : [])
  return secret.versions.filter((version) => !gone.has(version))
}

/** The labels of a version. */
export const stagesOf = ({stages}: SecretRecord, versionId: string): string[] =>
  Object.entries(stages).flatMap(([label, id]) => (id === versionId ? label : []))

/**
 * The version of an id, of a label, or the current one.
 *
 * @throws AwsFault ResourceNotFoundException; InvalidRequestException where id and label are those of two versions
 */
export function selectVersion(
  secret: SecretRecord,
  {id, stage}: {readonly id?: string | undefined; readonly stage?: string | undefined},
): SecretVersion {
  const label = stage ?? CURRENT
  const wanted = id ?? secret.stages[label]
  const found = secret.versions.find((version) => version.id === wanted)
  if (found === undefined) throw id === undefined ? stageNotFound(label) : versionNotFound(id)
  if (id !== undefined && stage !== undefined && secret.stages[stage] !== id) {
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.')
  }
  return found
}
