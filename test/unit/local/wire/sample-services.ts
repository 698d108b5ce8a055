import {CreateSecurityGroup$, DescribeVpcs$, EC2Client} from '@aws-sdk/client-ec2'
import {DescribeServices$, ECSClient, ListClusters$, PutAttributes$} from '@aws-sdk/client-ecs'
import {DeleteLoadBalancer$, ElasticLoadBalancingV2Client} from '@aws-sdk/client-elastic-load-balancing-v2'
import {CreateHostedZone$, GetHostedZone$, Route53Client} from '@aws-sdk/client-route-53'
import {GetSchedule$, SchedulerClient} from '@aws-sdk/client-scheduler'
import {GetCallerIdentity$, STSClient} from '@aws-sdk/client-sts'
import type {StaticOperationSchema} from '@smithy/types'
import type {WireRequest} from '../../../../src/local/wire/http-message.js'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'
import type {LocalService, RequestContext, SdkClientClass} from '../../../../src/local/wire/service.js'
import {createWire} from '../../../../src/local/wire/wire.js'
import type {WireOptions} from '../../../../src/local/wire/wire-options.js'

export type Handle = (operation: string, input: unknown, request: RequestContext) => unknown

const served: readonly {signingName: string; client: SdkClientClass; schemas: readonly StaticOperationSchema[]}[] = [
  {signingName: 'ecs', client: ECSClient, schemas: [ListClusters$, DescribeServices$, PutAttributes$]},
  {signingName: 'ec2', client: EC2Client, schemas: [DescribeVpcs$, CreateSecurityGroup$]},
  {signingName: 'elasticloadbalancing', client: ElasticLoadBalancingV2Client, schemas: [DeleteLoadBalancer$]},
  {signingName: 'sts', client: STSClient, schemas: [GetCallerIdentity$]},
  {signingName: 'route53', client: Route53Client, schemas: [GetHostedZone$, CreateHostedZone$]},
  {signingName: 'scheduler', client: SchedulerClient, schemas: [GetSchedule$]},
]

/** A service of every protocol, all of whose operations are answered by one function. */
export const sampleServices = (handle: Handle): LocalService[] =>
  served.map(({signingName, client, schemas}) => ({
    signingName,
    client,
    operations: schemas.map((schema) => ({
      schema,
      handle: (input: unknown, request: RequestContext) => handle(schema[2], input, request),
    })),
  }))

/** A wire over the sample services, with request ids that a test can predict. */
export function sampleWire(handle: Handle, options: Partial<WireOptions> = {}) {
  return createWire({newRequestId: () => 'request-1', ...options, services: sampleServices(handle)})
}

/** The settings of a client that talks to a sample wire. */
export const clientOf = (handle: Handle, options: Partial<WireOptions> = {}, accessKeyId = 'AKIALOCAL') => ({
  region: 'eu-central-1',
  credentials: {accessKeyId, secretAccessKey: 'secret'},
  requestHandler: inProcessRequestHandler(sampleWire(handle, options)),
})

/** A signed request as any program could send it. */
export const signed = (service: string, request: Partial<WireRequest>, region = 'eu-central-1'): WireRequest => ({
  method: 'POST',
  path: '/',
  query: {},
  body: '',
  ...request,
  headers: {
    authorization: `AWS4-HMAC-SHA256 Credential=AKIALOCAL/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
    ...request.headers,
  },
})

export const ecsRequest = (operation: string, body: string): WireRequest =>
  signed('ecs', {headers: {'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`}, body})

export const formRequest = (service: string, form: string): WireRequest =>
  signed(service, {headers: {'content-type': 'application/x-www-form-urlencoded'}, body: form})
