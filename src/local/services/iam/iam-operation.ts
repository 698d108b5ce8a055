import type {StaticOperationSchema} from '@smithy/types'
import type {Constraints} from '../../constraints.js'
import {constraintMessage} from '../../constraints.js'
import type {Operation, RequestContext} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {validationError} from './faults.js'

const name = '[\\w+=,.@-]+'
/** The names for whose letters IAM has a sentence of its own. */
const names = ['RoleName', 'PolicyName'] as const
const page = {Marker: {length: [1, 320]}, MaxItems: {range: [1, 1000]}} as const

/** Of the members that IAM's operations share; the model has them in shapes of the same name. */
const constraints: Constraints = {
  ...page,
  RoleName: {length: [1, 64]},
  PolicyName: {length: [1, 128]},
  AWSServiceName: {length: [1, 128], pattern: name},
  CustomSuffix: {length: [1, 64], pattern: name},
  Path: {length: [1, 512], pattern: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)'},
  PathPrefix: {length: [1, 512], pattern: '\\u002F[\\u0021-\\u007F]*'},
  PolicyArn: {length: [20, 2048]},
  PermissionsBoundary: {length: [20, 2048]},
  AssumeRolePolicyDocument: {length: [1, 131_072], pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+'},
  PolicyDocument: {length: [1, 131_072], pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+'},
  Description: {length: [0, 1000], pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*'},
  MaxSessionDuration: {range: [3600, 43_200]},
  Tags: {length: [0, 50]},
  TagKeys: {length: [0, 50]},
}

/** An IAM operation; what breaks a constraint of the model fails with ValidationError before it is looked at. */
export const iamOperation = <Input extends object, Output>(
  schema: StaticOperationSchema,
  handle: (input: Input, request: RequestContext) => Omit<Output, '$metadata'>,
): Operation =>
  operation<Input, Output>(schema, (input, request) => {
    const problem = constraintMessage(input, constraints, {quoteValues: false})
    if (problem !== undefined) throw validationError(problem)
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
