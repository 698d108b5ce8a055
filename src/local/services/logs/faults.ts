import {AwsFault} from '../../aws-fault.js'

export const invalidParameter = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)

export const groupNotFound = (): AwsFault =>
  new AwsFault('ResourceNotFoundException', 'The specified log group does not exist.')

export const streamNotFound = (): AwsFault =>
  new AwsFault('ResourceNotFoundException', 'The specified log stream does not exist.')

/** AWS's sentence has no full stop here, unlike that of what does not exist. */
export const alreadyExists = (what: 'group' | 'stream'): AwsFault =>
  new AwsFault('ResourceAlreadyExistsException', `The specified log ${what} already exists`)

export const invalidToken = (): AwsFault => invalidParameter('The specified nextToken is invalid.')

/** What AWS says of any filter pattern that it cannot read, for instance of punctuation outside quotes. */
export const invalidPattern = (): AwsFault => invalidParameter('Invalid filter pattern')
