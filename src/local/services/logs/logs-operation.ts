import type {StaticOperationSchema} from '@smithy/types'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {invalidParameter} from './faults.js'

const longestName = 512

/** An operation of CloudWatch Logs, which has a sentence of its own for names that are too long. */
export const logsOperation = <Input extends object, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    const {logGroupName, logStreamName} = input as {logGroupName?: string; logStreamName?: string}
    if ((logGroupName?.length ?? 0) > longestName || (logStreamName?.length ?? 0) > longestName) {
      throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
    }
    return handle(input, request)
  })
