import {createHash} from 'node:crypto'
import type {Parameter, ParameterHistory, ParameterMetadata} from '@aws-sdk/client-ssm'
import type {FoundVersion} from './parameter-store.js'
import {newest} from './parameter-store.js'
import type {ParameterRecord, ParameterVersion} from './records.js'

/** A parameter with its value, which for a SecureString is cipher text unless it is asked for decrypted. */
export const parameterView = (
  {parameter, version, selector}: FoundVersion,
  decrypt: boolean | undefined,
): Parameter => ({
  Name: parameter.name,
  Type: version.type,
  Value: shownValue(parameter, version, decrypt),
  Version: version.version,
  LastModifiedDate: new Date(version.modifiedAt),
  ARN: parameter.arn,
  DataType: version.dataType,
  ...(selector !== undefined && {Selector: selector}),
})

export const historyView = (
  parameter: ParameterRecord,
  version: ParameterVersion,
  decrypt: boolean | undefined,
): ParameterHistory => ({
  ...descriptionView(parameter, version),
  Value: shownValue(parameter, version, decrypt),
  Labels: [],
})

export const metadataView = (parameter: ParameterRecord): ParameterMetadata => ({
  ...descriptionView(parameter, newest(parameter)),
  ARN: parameter.arn,
})

const descriptionView = ({name}: ParameterRecord, version: ParameterVersion) => ({
  Name: name,
  Type: version.type,
  ...(version.keyId !== undefined && {KeyId: version.keyId}),
  LastModifiedDate: new Date(version.modifiedAt),
  LastModifiedUser: version.modifiedBy,
  ...(version.description !== undefined && {Description: version.description}),
  ...(version.allowedPattern !== undefined && {AllowedPattern: version.allowedPattern}),
  Version: version.version,
  Tier: version.tier,
  Policies: [],
  DataType: version.dataType,
})

/** What stands for cipher text says nothing of the value, not even its length. */
function shownValue({arn}: ParameterRecord, {type, value, version}: ParameterVersion, decrypt: boolean | undefined) {
  if (type !== 'SecureString' || decrypt === true) return value
  return `AQICAH${createHash('sha512').update(`${arn}:${version}`).digest('base64')}`
}
