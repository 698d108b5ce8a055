import {AwsFault} from '../../aws-fault.js'

export const validation = (message: string): AwsFault => new AwsFault('ValidationException', message)

/** SSM does not say which parameter is missing: the message is empty. */
export const parameterNotFound = (): AwsFault => new AwsFault('ParameterNotFound', '')

export const versionNotFound = (name: string, selector: string): AwsFault =>
  new AwsFault(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  )

export const invalidToken = (): AwsFault => new AwsFault('InvalidNextToken', 'The specified token is not valid.')
