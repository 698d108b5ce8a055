import type {Tag} from '@aws-sdk/client-ssm'
import {absentOn} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Ssm} from './sdk.js'

export interface ParameterValue {
  readonly value: string
  readonly changedAt: Date
}

/** The tags of a parameter; `undefined` when it does not exist. */
export async function parameterTags(ssm: Ssm, name: string): Promise<Record<string, string> | undefined> {
  const call = ssm('ListTagsForResource', {ResourceType: 'Parameter', ResourceId: name})
  const found = await absentOn(call, 'InvalidResourceId')
  if (found === undefined) return undefined
  return Object.fromEntries((found.TagList ?? []).map(({Key = '', Value = ''}) => [Key, Value]))
}

/** The value of a parameter in clear; `undefined` when it does not exist. */
export async function parameterValue(ssm: Ssm, name: string): Promise<ParameterValue | undefined> {
  const found = await absentOn(ssm('GetParameter', {Name: name, WithDecryption: true}), 'ParameterNotFound')
  if (found?.Parameter?.Value === undefined) return undefined
  return {value: found.Parameter.Value, changedAt: found.Parameter.LastModifiedDate ?? new Date(0)}
}

/** Creates a SecureString, encrypted with the key that AWS keeps for the Parameter Store. */
export async function createParameter(
  ssm: Ssm,
  parameter: {readonly name: string; readonly value: string; readonly description: string; readonly tags: Tag[]},
): Promise<void> {
  const {name, value, description, tags} = parameter
  await ssm('PutParameter', {Name: name, Value: value, Type: 'SecureString', Description: description, Tags: tags})
}

/** Gives a parameter another value. SSM takes no tags together with `Overwrite`; those that are there stay. */
export async function overwriteParameter(ssm: Ssm, name: string, value: string): Promise<void> {
  await ssm('PutParameter', {Name: name, Value: value, Type: 'SecureString', Overwrite: true})
}

/** Deletes a parameter for good; an absent one is no error. */
export async function deleteParameter(ssm: Ssm, name: string): Promise<void> {
  await absentOn(ssm('DeleteParameter', {Name: name}), 'ParameterNotFound')
}

/** The names of the parameters with all of these tags. */
export async function parametersWithTags(ssm: Ssm, tags: Readonly<Record<string, string>>): Promise<string[]> {
  const ParameterFilters = Object.entries(tags).map(([key, value]) => ({
    Key: `tag:${key}`,
    Option: 'Equals',
    Values: [value],
  }))
  const found = await collect(
    (NextToken) => ssm('DescribeParameters', {ParameterFilters, MaxResults: 50, ...(NextToken && {NextToken})}),
    (page) => page.NextToken,
    (page) => page.Parameters,
  )
  return found.flatMap(({Name}) => Name ?? [])
}
