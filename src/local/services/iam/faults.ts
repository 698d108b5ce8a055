import {AwsFault} from '../../aws-fault.js'

// IAM's errors have 404 and 409 in its model, which the wire puts in the place of 400.

export const noSuchEntity = (message: string): AwsFault => new AwsFault('NoSuchEntity', message)

export const invalidInput = (message: string): AwsFault => new AwsFault('InvalidInput', message)

export const validationError = (message: string): AwsFault => new AwsFault('ValidationError', message)

export const malformedPolicy = (message: string): AwsFault => new AwsFault('MalformedPolicyDocument', message)

export const limitExceeded = (message: string): AwsFault => new AwsFault('LimitExceeded', message)

export const deleteConflict = (message: string): AwsFault => new AwsFault('DeleteConflict', message)

/** Roles that a service owns change through that service only. */
export const unmodifiable = (roleName: string): AwsFault =>
  new AwsFault(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`,
  )
