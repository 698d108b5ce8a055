import type {StaticOperationSchema} from '@smithy/types'
import type {Constraints} from '../../constraints.js'
import {constraintMessage} from '../../constraints.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidParameter} from './faults.js'

const groupName = '[\\.\\-_/#A-Za-z0-9]+'
const longestName = 512
const instant = {range: [0, Number.MAX_SAFE_INTEGER]} as const

/** Of the members that the operations share; the model has them in shapes of the same name. */
const constraints: Constraints = {
  logGroupName: {length: [1, longestName], pattern: groupName},
  logGroupNamePrefix: {length: [1, longestName], pattern: groupName},
  logGroupNamePattern: {length: [0, longestName], pattern: '[\\.\\-_/#A-Za-z0-9]*'},
  logGroupIdentifier: {length: [1, 2048], pattern: '[\\w#+=/:,.@-]*'},
  logGroupIdentifiers: {length: [1, 50]},
  logGroupClass: {oneOf: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']},
  logStreamName: {length: [1, longestName], pattern: '[^:*]*'},
  logStreamNamePrefix: {length: [1, longestName], pattern: '[^:*]*'},
  logStreamNames: {length: [1, 100]},
  logEvents: {length: [1, 10_000]},
  orderBy: {oneOf: ['LogStreamName', 'LastEventTime']},
  filterPattern: {length: [0, 1024]},
  startTime: instant,
  endTime: instant,
  resourceArn: {length: [1, 1011], pattern: '[\\w+=/:,.@-]*'},
  kmsKeyId: {length: [0, 256]},
}

/** Pages of events, and pages of groups and streams. */
const limits = {events: {range: [1, 10_000]}, descriptions: {range: [1, 50]}} as const

/** An operation of CloudWatch Logs; what breaks the model fails with InvalidParameterException. */
export const logsOperation = <Input extends object, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
  {limit = 'descriptions'}: {limit?: keyof typeof limits} = {},
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    const {logGroupName, logStreamName} = input as {logGroupName?: string; logStreamName?: string}
    if ((logGroupName?.length ?? 0) > longestName || (logStreamName?.length ?? 0) > longestName) {
      throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
    }
    const problem = constraintMessage(input, {...constraints, limit: limits[limit]})
    if (problem !== undefined) throw invalidParameter(problem)
    return handle(input, request)
  })
