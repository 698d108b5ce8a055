import {AwsFault} from '../../aws-fault.js'

// The statuses of Route 53's errors are in its model, which the wire puts in the place of 400.

export const invalidInput = (message: string): AwsFault => new AwsFault('InvalidInput', message)

/** All that is wrong with a batch, in brackets. */
export const invalidBatch = (messages: readonly string[]): AwsFault =>
  new AwsFault('InvalidChangeBatch', `[${messages.join(', ')}]`)

export const invalidDomainName = (name: string): AwsFault =>
  new AwsFault('InvalidDomainName', `The domain name ${name} is not valid.`)

export const noSuchZone = (id: string): AwsFault =>
  new AwsFault('NoSuchHostedZone', `No hosted zone found with ID: ${id}`)

export const noSuchChange = (): AwsFault =>
  new AwsFault('NoSuchChange', 'A change with the specified change ID does not exist.')
