import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import type {AwsCalls} from '../aws/calls.js'

export {CloudWatchLogsClient as Client}

export const operations = {
  CreateLogGroup: CreateLogGroupCommand,
  DeleteLogGroup: DeleteLogGroupCommand,
  DeleteRetentionPolicy: DeleteRetentionPolicyCommand,
  DescribeLogGroups: DescribeLogGroupsCommand,
  FilterLogEvents: FilterLogEventsCommand,
  GetLogEvents: GetLogEventsCommand,
  ListTagsForResource: ListTagsForResourceCommand,
  PutRetentionPolicy: PutRetentionPolicyCommand,
}

/** Amazon CloudWatch Logs, reduced to the operations that this program uses. */
export type Logs = AwsCalls<typeof operations>
