import {absentOn} from '../aws/errors.js'
import {collect} from '../aws/paging.js'
import type {Logs} from './sdk.js'

export interface LogGroup {
  readonly name: string
  readonly arn: string
  /** Days; `undefined` keeps events for ever. */
  readonly retentionDays: number | undefined
}

/** Finds a log group by its exact name. */
export async function findLogGroup(logs: Logs, name: string): Promise<LogGroup | undefined> {
  const groups = await collect(
    (nextToken) => logs('DescribeLogGroups', {logGroupNamePrefix: name, ...(nextToken && {nextToken})}),
    (page) => page.nextToken,
    (page) => page.logGroups,
  )
  const found = groups.find(({logGroupName}) => logGroupName === name)
  if (found === undefined) return undefined
  // `arn` ends with `:*`, which the tagging operations refuse.
  const arn = found.logGroupArn ?? (found.arn ?? '').replace(/:\*$/, '')
  return {name, arn, retentionDays: found.retentionInDays}
}

/** Creates a log group; one that somebody made in the meantime is no error. */
export async function createLogGroup(logs: Logs, name: string, tags: Record<string, string>): Promise<void> {
  await absentOn(logs('CreateLogGroup', {logGroupName: name, tags}), 'ResourceAlreadyExistsException')
}

/** @param days one of the numbers that CloudWatch Logs takes: 1, 3, 5, 7, 14, 30 … 3653 */
export async function setRetention(logs: Logs, name: string, days: number): Promise<void> {
  await logs('PutRetentionPolicy', {logGroupName: name, retentionInDays: days})
}

/** Takes the retention away: events are kept for ever. */
export async function keepForEver(logs: Logs, name: string): Promise<void> {
  await logs('DeleteRetentionPolicy', {logGroupName: name})
}

/** Deletes a log group with its events; an absent one is no error. */
export async function deleteLogGroup(logs: Logs, name: string): Promise<void> {
  await absentOn(logs('DeleteLogGroup', {logGroupName: name}), 'ResourceNotFoundException')
}

/** The tags of a log group; none when it does not exist. */
export async function logGroupTags(logs: Logs, arn: string): Promise<Record<string, string>> {
  const answer = await absentOn(logs('ListTagsForResource', {resourceArn: arn}), 'ResourceNotFoundException')
  return answer?.tags ?? {}
}
