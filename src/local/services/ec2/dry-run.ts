import type {StaticOperationSchema} from '@smithy/types'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {dryRunOperation} from './faults.js'

/** An EC2 operation; one with `DryRun` set changes nothing and fails with DryRunOperation, as all of EC2 does. */
export const ec2Operation = <Input extends {DryRun?: boolean | undefined}, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    if (input.DryRun === true) throw dryRunOperation()
    return handle(input, request)
  })
