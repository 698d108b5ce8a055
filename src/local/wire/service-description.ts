import type {TypeRegistry} from '@smithy/core/schema'
import type {SdkClientClass} from './service.js'

/** What the SDK's client says of how its service is spoken to. */
export interface ServiceDescription {
  /** For instance `aws.protocols#awsJson1_1`. */
  readonly protocolId: string
  /** What stands before the operation in X-Amz-Target, for instance `AmazonEC2ContainerServiceV20141113`. */
  readonly serviceTarget: string
  /** The API version, for instance `2016-11-15`: the Version parameter of query services. */
  readonly version: string
  readonly xmlNamespace: string
  /** Whether errors also travel in `x-amzn-query-error`, for a JSON service that was a query service before. */
  readonly awsQueryCompatible: boolean
  readonly errorRegistries: readonly TypeRegistry[]
}

interface ClientConfig {
  readonly protocol: {getShapeId(): string; readonly awsQueryCompatible?: boolean}
  readonly protocolSettings: {
    readonly serviceTarget?: string
    readonly version?: string
    readonly xmlNamespace?: string
    readonly errorTypeRegistries?: readonly TypeRegistry[]
  }
}

/** Makes a client, which is never asked to send, and reads its protocol settings. */
export function describeService(client: SdkClientClass): ServiceDescription {
  const unused = {accessKeyId: 'unused', secretAccessKey: 'unused'}
  const {protocol, protocolSettings} = new client({region: 'us-east-1', credentials: unused}).config as ClientConfig
  return {
    protocolId: protocol.getShapeId(),
    serviceTarget: protocolSettings.serviceTarget ?? '',
    version: protocolSettings.version ?? '',
    xmlNamespace: protocolSettings.xmlNamespace ?? '',
    awsQueryCompatible: protocol.awsQueryCompatible ?? false,
    errorRegistries: protocolSettings.errorTypeRegistries ?? [],
  }
}
