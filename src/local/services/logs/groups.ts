import type {
  CreateLogGroupCommandInput,
  CreateLogGroupCommandOutput,
  DeleteLogGroupCommandInput,
  DeleteLogGroupCommandOutput,
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  LogGroup,
} from '@aws-sdk/client-cloudwatch-logs'
import {CreateLogGroup$, DeleteLogGroup$, DescribeLogGroups$} from '@aws-sdk/client-cloudwatch-logs'
import {AwsFault} from '../../aws-fault.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {LogStore} from './log-store.js'
import {groupNameOf} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import {pageOf} from './paging.js'
import type {GroupRecord} from './records.js'
import {mergeTags} from './tags.js'

/** CreateLogGroup, DeleteLogGroup and DescribeLogGroups. */
export const groupOperations = (store: LogStore): Operation[] => [
  logsOperation<WithRequired<CreateLogGroupCommandInput, 'logGroupName'>, CreateLogGroupCommandOutput>(
    CreateLogGroup$,
    (input, scope) => {
      if (/^aws\//i.test(input.logGroupName))
        throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.')
      store.createGroup(scope, {
        name: input.logGroupName,
        groupClass: input.logGroupClass ?? 'STANDARD',
        deletionProtection: input.deletionProtectionEnabled ?? false,
        tags: mergeTags({}, input.tags ?? {}, input.logGroupName),
        ...(input.kmsKeyId !== undefined && {kmsKeyId: input.kmsKeyId}),
      })
      return {}
    },
  ),

  logsOperation<WithRequired<DeleteLogGroupCommandInput, 'logGroupName'>, DeleteLogGroupCommandOutput>(
    DeleteLogGroup$,
    (input, scope) => {
      const group = store.group(scope, input.logGroupName)
      if (group.deletionProtection) {
        throw new AwsFault('ValidationException', 'The specified log group is protected against deletion.')
      }
      store.deleteGroup(scope, group.name)
      return {}
    },
  ),

  logsOperation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(DescribeLogGroups$, (input, scope) => {
    if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined) {
      throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
    }
    const {items, next} = pageOf(
      store.groups(scope).filter((group) => matches(group, input)),
      input,
    )
    return {logGroups: items.map((group) => view(group, input.logGroupNamePattern !== undefined)), ...next}
  }),
]

/** A prefix is case-sensitive; a pattern is part of the name in any case. */
function matches({name, groupClass}: GroupRecord, input: DescribeLogGroupsCommandInput): boolean {
  const names = input.logGroupIdentifiers?.map(groupNameOf)
  return (
    name.startsWith(input.logGroupNamePrefix ?? '') &&
    name.toLowerCase().includes(input.logGroupNamePattern?.toLowerCase() ?? '') &&
    (input.logGroupClass === undefined || groupClass === input.logGroupClass) &&
    (names === undefined || names.includes(name))
  )
}

/** What a search by pattern finds is described in less detail. */
const view = (group: GroupRecord, byPattern: boolean): LogGroup => ({
  logGroupName: group.name,
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  creationTime: group.createdAt,
  logGroupClass: group.groupClass,
  metricFilterCount: 0,
  ...(!byPattern && {storedBytes: group.storedBytes, deletionProtectionEnabled: group.deletionProtection}),
  ...(group.retentionInDays !== undefined && {retentionInDays: group.retentionInDays}),
  ...(group.kmsKeyId !== undefined && {kmsKeyId: group.kmsKeyId}),
})
