import type {ParameterType, PutParameterCommandInput, PutParameterCommandOutput, Tag} from '@aws-sdk/client-ssm'
import {PutParameter$} from '@aws-sdk/client-ssm'
import {AwsFault} from '../../aws-fault.js'
import type {Clock} from '../../clock.js'
import type {Scope} from '../../scope.js'
import {globalArn, regionalArn} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {validation} from './faults.js'
import {arnResource, checkNewName} from './names.js'
import type {ParameterStore} from './parameter-store.js'
import {newest} from './parameter-store.js'
import type {ParameterRecord, ParameterVersion} from './records.js'
import {mergeTags} from './tags.js'

type Input = WithRequired<PutParameterCommandInput, 'Name' | 'Value'>

const VERSION_LIMIT = 100
/** Characters of a value. */
const STANDARD_LIMIT = 4096
const ADVANCED_LIMIT = 8192
/** The key of AWS that encrypts a SecureString where no other is named. */
const DEFAULT_KEY = 'alias/aws/ssm'

/** PutParameter. Policies are not emulated. */
export const putParameter = (store: ParameterStore, clock: Clock): Operation =>
  operation<Input, PutParameterCommandOutput>(PutParameter$, (input, scope) => {
    checkNewName(input.Name)
    const present = store.find(scope, input.Name)
    checkCall(input, present)
    const version = nextVersion(input, present, {scope, now: clock.now()})
    checkValue(version)
    if (present === undefined) {
      store.add(scope, {
        name: input.Name,
        arn: regionalArn('ssm', scope, arnResource(input.Name)),
        versions: [version],
        tags: mergeTags({}, input.Tags ?? []),
      })
    } else {
      const [first, ...rest] = present.versions
      present.versions = [first, ...rest, version]
      if (present.versions.length > VERSION_LIMIT) present.versions = withoutFirst(present)
    }
    return {Version: version.version, Tier: version.tier}
  })

const withoutFirst = ({versions: [first, second = first, ...rest]}: ParameterRecord): ParameterRecord['versions'] => [
  second,
  ...rest,
]

function checkCall(input: Input, present: ParameterRecord | undefined): void {
  if (input.Policies !== undefined) throw validation('Parameter policies are not emulated by the local AWS')
  if (input.Overwrite === true && (input.Tags as Tag[] | undefined)?.length) {
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove" +
        ' overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or' +
        ' RemoveTagsFromResource.',
    )
  }
  if (present !== undefined && input.Overwrite !== true) {
    throw new AwsFault(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  }
  if (present === undefined && input.Type === undefined) {
    throw validation('A parameter type is required when you create a parameter.')
  }
}

/** What a request leaves out stays as it is, but for the pattern, which counts for one call only. */
function nextVersion(
  input: Input,
  present: ParameterRecord | undefined,
  {scope, now}: {scope: Scope; now: number},
): ParameterVersion {
  const last = present && newest(present)
  const type: ParameterType = input.Type ?? last?.type ?? 'String'
  const keyId = type === 'SecureString' ? (input.KeyId ?? last?.keyId ?? DEFAULT_KEY) : undefined
  const description = input.Description ?? last?.description
  return {
    version: (last?.version ?? 0) + 1,
    type,
    value: input.Value,
    tier: tierOf(input, last),
    dataType: input.DataType ?? last?.dataType ?? 'text',
    modifiedAt: now,
    modifiedBy: globalArn('iam', scope, 'user/local'),
    ...(keyId !== undefined && {keyId}),
    ...(description !== undefined && {description}),
    ...(input.AllowedPattern !== undefined && {allowedPattern: input.AllowedPattern}),
  }
}

function tierOf({Tier, Value}: Input, last: ParameterVersion | undefined): ParameterVersion['tier'] {
  if (Tier === 'Standard' && last?.tier === 'Advanced') {
    throw validation(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter" +
        ' tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a' +
        ' standard parameter.',
    )
  }
  if (Tier === 'Intelligent-Tiering') {
    return Value.length > STANDARD_LIMIT || last?.tier === 'Advanced' ? 'Advanced' : 'Standard'
  }
  return Tier ?? last?.tier ?? 'Standard'
}

function checkValue({value, tier, allowedPattern}: ParameterVersion): void {
  if (value === '') {
    throw validation(
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater" +
        ' than or equal to 1',
    )
  }
  if (/\{\{[^}]*\}\}/.test(value)) {
    throw validation('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.')
  }
  if (tier === 'Standard' && value.length > STANDARD_LIMIT) {
    throw validation(
      `Standard tier parameters support a maximum parameter value of ${STANDARD_LIMIT} characters. To create a larger` +
        ' parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see' +
        ' https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
    )
  }
  if (value.length > ADVANCED_LIMIT) {
    throw validation(`Advanced tier parameters support a maximum parameter value of ${ADVANCED_LIMIT} characters.`)
  }
  if (allowedPattern !== undefined && !compile(allowedPattern).test(value)) {
    throw new AwsFault(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    )
  }
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch {
    throw new AwsFault('InvalidAllowedPatternException', `The following pattern is not valid: ${pattern}.`)
  }
}
