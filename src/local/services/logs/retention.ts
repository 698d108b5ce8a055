import type {
  DeleteRetentionPolicyCommandInput,
  DeleteRetentionPolicyCommandOutput,
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {DeleteRetentionPolicy$, PutRetentionPolicy$} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidParameter} from './faults.js'
import type {LogStore} from './log-store.js'
import {logsOperation} from './logs-operation.js'
import type {GroupRecord} from './records.js'

export const dayInMilliseconds = 24 * 60 * 60 * 1000

/** The only retention times that CloudWatch Logs has. */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

type PutInput = WithRequired<PutRetentionPolicyCommandInput, 'logGroupName' | 'retentionInDays'>
type DeleteInput = WithRequired<DeleteRetentionPolicyCommandInput, 'logGroupName'>

/** PutRetentionPolicy and DeleteRetentionPolicy. */
export const retentionOperations = (store: LogStore): Operation[] => [
  logsOperation<PutInput, PutRetentionPolicyCommandOutput>(PutRetentionPolicy$, (input, scope) => {
    if (!retentionDays.includes(input.retentionInDays)) {
      throw invalidParameter(
        `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy ` +
          `constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
      )
    }
    store.group(scope, input.logGroupName).retentionInDays = input.retentionInDays
    return {}
  }),

  logsOperation<DeleteInput, DeleteRetentionPolicyCommandOutput>(DeleteRetentionPolicy$, (input, scope) => {
    delete store.group(scope, input.logGroupName).retentionInDays
    return {}
  }),
]

/** The oldest time, in milliseconds since 1970, of which a group still shows events. */
export const retainedSince = ({retentionInDays}: GroupRecord, now: number): number =>
  retentionInDays === undefined ? 0 : Math.max(0, now - retentionInDays * dayInMilliseconds)
