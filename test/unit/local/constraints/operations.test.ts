import * as acm from '@aws-sdk/client-acm'
import * as autoScaling from '@aws-sdk/client-auto-scaling'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as ecr from '@aws-sdk/client-ecr'
import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import * as iam from '@aws-sdk/client-iam'
import * as route53 from '@aws-sdk/client-route-53'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import * as ssm from '@aws-sdk/client-ssm'
import * as sts from '@aws-sdk/client-sts'
import {NormalizedSchema} from '@smithy/core/schema'
import type {StaticOperationSchema} from '@smithy/types'
import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import {inputCheck} from '../../../../src/local/constraints/input-check.js'
import type {ServiceModel} from '../../../../src/local/constraints/model.js'
import {serviceModel} from '../../../../src/local/constraints/model.js'
import {createLocalAws} from '../../../../src/local/local-aws.js'
import {InputsOf} from '../../../helpers/broken-input.js'

const sdks: Readonly<Record<string, object>> = {
  acm,
  autoscaling: autoScaling,
  ec2,
  ecr,
  ecs,
  elasticloadbalancing: elbv2,
  iam,
  logs,
  route53,
  secretsmanager: secretsManager,
  ssm,
  sts,
}

/** Every operation that the table knows, with the SDK's schema of it. */
const operations = Object.entries(sdks).flatMap(([signingName, sdk]) => {
  const model = serviceModel(signingName)
  if (model === undefined) throw new Error(`no model of ${signingName}`)
  return Object.keys(model.operations).map((name) => ({
    signingName,
    name,
    model,
    schema: (sdk as Record<string, StaticOperationSchema>)[`${name}$`] as StaticOperationSchema,
  }))
})

const inputOf = ({model, name, schema}: {model: ServiceModel; name: string; schema: StaticOperationSchema}) =>
  [NormalizedSchema.of(schema[4]), model.operations[name] ?? undefined] as const

test('every emulated operation is in the table, if only as one without limits', async () => {
  const aws = createLocalAws({clock: new VirtualClock(), host: () => 'localhost', listen: false})
  await aws.close()

  const missing = [...aws.operations].flatMap(([signingName, names]) =>
    [...names]
      .filter((name) => serviceModel(signingName)?.operations[name] === undefined)
      .map((name) => `${signingName}:${name}`),
  )

  expect(missing).toEqual([])
})

test.each(operations)('$signingName $name takes an input with the required members only', (operation) => {
  const check = inputCheck(operation.schema, {model: operation.model})

  expect(check(new InputsOf(operation.model).smallest(...inputOf(operation)))).toEqual([])
})

const limited = operations.filter((operation) => new InputsOf(operation.model).broken(...inputOf(operation)).length > 0)

test.each(limited)('$signingName $name refuses every input with one mistake', (operation) => {
  const check = inputCheck(operation.schema, {model: operation.model})

  for (const {kind, shape, value} of new InputsOf(operation.model).broken(...inputOf(operation))) {
    const found = check(value).map(({rule}) => [rule.kind, rule.shape])
    expect(found).toContainEqual([kind, shape])
  }
})

test('mistakes of every kind are among those, in all services that have limits', () => {
  const kinds = new Map<string, Set<string>>()
  for (const operation of operations) {
    const known = kinds.get(operation.signingName) ?? new Set()
    for (const {kind} of new InputsOf(operation.model).broken(...inputOf(operation))) known.add(kind)
    kinds.set(operation.signingName, known)
  }

  const all = ['enum', 'length', 'pattern', 'range', 'required']
  for (const name of ['acm', 'autoscaling', 'elasticloadbalancing', 'logs', 'route53', 'ssm']) {
    expect([...(kinds.get(name) ?? [])].sort()).toEqual(all)
  }
})
