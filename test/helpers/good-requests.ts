import type {StaticOperationSchema} from '@smithy/types'
import {inputCheck} from '../../src/local/constraints/input-check.js'
import {serviceModel} from '../../src/local/constraints/model.js'
import {validationMessage} from '../../src/local/constraints/violation.js'

/** A request of the product. */
export interface ProductRequest {
  /** The adapter's folder. */
  readonly service: string
  readonly operation: string
  readonly input: unknown
}

/** By the adapter's folder; loaded only by tests that use it. */
const sdks: Readonly<Record<string, {readonly signingName: string; readonly load: () => Promise<object>}>> = {
  acm: {signingName: 'acm', load: () => import('@aws-sdk/client-acm')},
  autoscaling: {signingName: 'autoscaling', load: () => import('@aws-sdk/client-auto-scaling')},
  ec2: {signingName: 'ec2', load: () => import('@aws-sdk/client-ec2')},
  ecr: {signingName: 'ecr', load: () => import('@aws-sdk/client-ecr')},
  ecs: {signingName: 'ecs', load: () => import('@aws-sdk/client-ecs')},
  elbv2: {
    signingName: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  iam: {signingName: 'iam', load: () => import('@aws-sdk/client-iam')},
  logs: {signingName: 'logs', load: () => import('@aws-sdk/client-cloudwatch-logs')},
  route53: {signingName: 'route53', load: () => import('@aws-sdk/client-route-53')},
  secretsmanager: {signingName: 'secretsmanager', load: () => import('@aws-sdk/client-secrets-manager')},
  ssm: {signingName: 'ssm', load: () => import('@aws-sdk/client-ssm')},
  sts: {signingName: 'sts', load: () => import('@aws-sdk/client-sts')},
}

/** What AWS would refuse of these requests for their form alone, in its words; nothing where all are good. */
export async function refusedRequests(requests: readonly ProductRequest[]): Promise<string[]> {
  const refused = await Promise.all(requests.map(refusal))
  return refused.flatMap((text) => text ?? [])
}

async function refusal({service, operation, input}: ProductRequest): Promise<string | undefined> {
  const sdk = sdks[service]
  const schema = ((await sdk?.load()) as Record<string, StaticOperationSchema> | undefined)?.[`${operation}$`]
  if (sdk === undefined || schema === undefined) throw new Error(`no SDK for ${service}:${operation}`)
  const model = serviceModel(sdk.signingName)
  if (model?.operations[operation] === undefined) throw new Error(`${service}:${operation} is not in the table`)
  const violations = inputCheck(schema, {model})(input)
  return violations.length === 0 ? undefined : `${service}:${operation}: ${validationMessage(violations)}`
}
