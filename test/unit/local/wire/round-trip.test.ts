import * as acm from '@aws-sdk/client-acm'
import * as autoScaling from '@aws-sdk/client-auto-scaling'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as ecr from '@aws-sdk/client-ecr'
import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import * as iam from '@aws-sdk/client-iam'
import * as route53 from '@aws-sdk/client-route-53'
import * as scheduler from '@aws-sdk/client-scheduler'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import * as ssm from '@aws-sdk/client-ssm'
import * as sts from '@aws-sdk/client-sts'
import {NormalizedSchema} from '@smithy/core/schema'
import type {StaticOperationSchema} from '@smithy/types'
import {describe, expect, it} from 'vitest'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'
import type {Operation, SdkClientClass} from '../../../../src/local/wire/service.js'
import {createWire} from '../../../../src/local/wire/wire.js'
import {sampleOf, seededRandom} from '../../../helpers/schema-arbitrary.js'

/** One client of the SDK with all its operations. */
interface Sdk {
  readonly signingName: string
  readonly exports: object
  readonly client: SdkClientClass
  /** Forms cannot carry every empty list and structure; JSON bodies can. */
  readonly emptyInputs: boolean
}

const sdks: readonly Sdk[] = [
  {signingName: 'ecs', exports: ecs, client: ecs.ECSClient, emptyInputs: true},
  {signingName: 'ec2', exports: ec2, client: ec2.EC2Client, emptyInputs: false},
  {signingName: 'elasticloadbalancing', exports: elbv2, client: elbv2.ElasticLoadBalancingV2Client, emptyInputs: false},
  {signingName: 'ecr', exports: ecr, client: ecr.ECRClient, emptyInputs: true},
  {signingName: 'iam', exports: iam, client: iam.IAMClient, emptyInputs: false},
  {signingName: 'sts', exports: sts, client: sts.STSClient, emptyInputs: false},
  {signingName: 'logs', exports: logs, client: logs.CloudWatchLogsClient, emptyInputs: true},
  {signingName: 'route53', exports: route53, client: route53.Route53Client, emptyInputs: false},
  {signingName: 'scheduler', exports: scheduler, client: scheduler.SchedulerClient, emptyInputs: false},
  {signingName: 'acm', exports: acm, client: acm.ACMClient, emptyInputs: true},
  {signingName: 'ssm', exports: ssm, client: ssm.SSMClient, emptyInputs: true},
  {
    signingName: 'secretsmanager',
    exports: secretsManager,
    client: secretsManager.SecretsManagerClient,
    emptyInputs: true,
  },
  {
    signingName: 'autoscaling',
    exports: autoScaling,
    client: autoScaling.AutoScalingClient,
    emptyInputs: false,
  },
]

const samplesPerOperation = 4

interface Sender {
  send(command: object): Promise<{$metadata?: unknown}>
}

describe.each(sdks)('$signingName', ({signingName, exports, client, emptyInputs}) => {
  it('gives the handler what the client sent, and the client what the handler answered', async () => {
    const schemas = operationSchemas(exports)
    const exchange: {received?: unknown; answer?: unknown} = {}
    const operations = schemas.map(
      (schema): Operation => ({
        schema,
        handle: (input) => {
          exchange.received = input
          return exchange.answer
        },
      }),
    )
    const failures: unknown[] = []
    const wire = createWire({
      services: [{signingName, client, operations}],
      // Random values keep to types, not to lengths and patterns.
      modelOf: () => undefined,
      onError: (error) => failures.push(error),
    })
    const sender = new client({
      region: 'eu-west-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
      requestHandler: inProcessRequestHandler(wire),
      maxAttempts: 1,
    } as never) as unknown as Sender

    for (const schema of schemas) {
      const name = schema[2]
      const random = seededRandom([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
      for (let round = 0; round < samplesPerOperation; round++) {
        const input = sampleOf(schema[4], {random, empty: emptyInputs})
        exchange.answer = sampleOf(schema[5], {random, empty: true})
        const {$metadata, ...output} = await sender.send(commandOf(exports, name, input))
        expect(failures, name).toEqual([])
        expect($metadata, name).toMatchObject({requestId: expect.any(String)})
        expect(comparable(exchange.received), `input of ${name}`).toEqual(comparable(input))
        expect(comparable(output), `output of ${name}`).toEqual(comparable(exchange.answer))
      }
    }
    expect(schemas.length).toBeGreaterThan(10)
  })
})

function operationSchemas(exports: object): StaticOperationSchema[] {
  return Object.values(exports).filter(
    (value): value is StaticOperationSchema =>
      Array.isArray(value) && value[0] === 9 && !excluded.has(value[2]) && !hasEventStream(value as never),
  )
}

const excluded = new Set([
  // The client itself adds DestinationRegion and PresignedUrl to the input.
  'CopySnapshot',
])

/** Event streams (StartLiveTail, GetLogObject) are a framing of their own, which the wire does not speak. */
const hasEventStream = ([, , , , input, output]: StaticOperationSchema): boolean =>
  [input, output].some((ref) => NormalizedSchema.of(ref).getEventStreamMember() !== '')

function commandOf(exports: object, name: string, input: unknown): object {
  const Command = (exports as Record<string, new (input: unknown) => object>)[`${name}Command`]
  if (Command === undefined) throw new Error(`no command for ${name}`)
  return new Command(input)
}

/** Bytes and dates as texts, so that a Buffer equals a Uint8Array; absent members left out. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) return `date ${value.toISOString()}`
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (value instanceof String) return String(value)
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  return Object.fromEntries(entries.map(([key, child]) => [key, comparable(child)]))
}
