import type {StaticOperationSchema} from '@smithy/types'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {validationError} from './faults.js'

/** The names for whose letters IAM has a sentence of its own. */
const names = ['RoleName', 'PolicyName'] as const

/** An IAM operation; a name with letters that names do not have fails with ValidationError before it is looked at. */
export const iamOperation = <Input extends object, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    checkNames(input)
    return handle(input, request)
  })

function checkNames(input: object): void {
  for (const [member, value] of Object.entries(input)) {
    if (!names.some((candidate) => candidate === member) || /^[\w+=,.@-]+$/.test(String(value))) continue
    throw validationError(
      `The specified value for ${member.charAt(0).toLowerCase()}${member.slice(1)} is invalid. It must contain only` +
        ' alphanumeric characters and/or the following: +=,.@_-',
    )
  }
}
