import {AwsFault} from '../../aws-fault.js'

/** A parameter whose value EC2 does not accept. */
export const invalidValue = (message: string): AwsFault => new AwsFault('InvalidParameterValue', message)

/** A parameter that EC2 needs and the request lacks. */
export const missingParameter = (name: string): AwsFault =>
  new AwsFault('MissingParameter', `The request must contain the parameter ${name}`)

/** What EC2 answers a valid request with when `DryRun` is set; the status is 412. */
export const dryRunOperation = (): AwsFault =>
  new AwsFault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {status: 412})

/** A resource that something else still needs. */
export const dependencyViolation = (message: string): AwsFault => new AwsFault('DependencyViolation', message)

/** Two resources of one call that are not in the same VPC. */
export const differentNetworks = (code: string): AwsFault =>
  new AwsFault(code, 'You have specified two resources that belong to different networks.')
