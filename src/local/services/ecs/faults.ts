import {AwsFault} from '../../aws-fault.js'

export const clientFault = (message: string): AwsFault => new AwsFault('ClientException', message)
export const invalidParameter = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)
export const clusterNotFound = (): AwsFault => new AwsFault('ClusterNotFoundException', 'Cluster not found.')
export const serviceNotFound = (): AwsFault => new AwsFault('ServiceNotFoundException', 'Service not found.')
export const serviceNotActive = (): AwsFault => new AwsFault('ServiceNotActiveException', 'Service was not ACTIVE.')

/** Throws `InvalidParameterException` with the message where the rule does not hold. */
export function requireThat(rule: boolean, message: string): asserts rule {
  if (!rule) throw invalidParameter(message)
}
