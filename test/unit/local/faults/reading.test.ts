import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {faultKinds, kindNames} from '../../../../src/local/faults/kinds.js'
import {parsePlanFile, readPlan} from '../../../../src/local/faults/plan-file.js'

const catalog = new Map([
  ['ecs', ['CreateService', 'DescribeServices', 'DescribeTasks', 'UpdateService', 'RegisterTaskDefinition']],
  ['ec2', ['CreateSecurityGroup', 'DescribeSubnets']],
  ['elasticloadbalancing', ['CreateRule']],
])

const read = (...faults: unknown[]) => readPlan({faults}, catalog)
const problemOf = (...faults: unknown[]) => {
  const plan = read(...faults)
  return plan.ok ? undefined : plan.problem
}

test.each<[string, object, object]>([
  [
    'durations as texts and numbers of seconds',
    {kind: 'latency', delay: '1m30s', for: 5},
    {kind: 'latency', delayMs: 90_000, forMs: 5000},
  ],
  [
    'the names that people use for a service',
    {kind: 'throttle', service: 'ELBv2'},
    {kind: 'throttle', service: 'elasticloadbalancing'},
  ],
  [
    'operations in any case',
    {kind: 'throttle', operation: 'ecs:updateservice'},
    {kind: 'throttle', operation: 'ecs:UpdateService'},
  ],
  [
    'operations by their beginning',
    {kind: 'throttle', operation: 'elbv2:Create*'},
    {kind: 'throttle', operation: 'elasticloadbalancing:Create*'},
  ],
  [
    'the permission to pass a role',
    {kind: 'access-denied', operation: 'iam:passrole'},
    {kind: 'access-denied', operation: 'iam:PassRole'},
  ],
  ['faults without anything else', {kind: 'spot-interruption'}, {kind: 'spot-interruption'}],
])('reads %s', (_, document, fault) => {
  expect(read(document)).toEqual({ok: true, value: [fault]})
})

test.each<[string, unknown, string]>([
  ['a kind that is mistyped', {kind: 'throtle'}, 'kind throtle is unknown: did you mean throttle?'],
  ['a kind that is missing', {operation: 'ecs:UpdateService'}, 'a fault needs a kind: throttle, server-error'],
  ['what is no object', 'throttle', 'a fault is an object such as {"kind": "throttle"}, not "throttle"'],
  [
    'an operation that is mistyped',
    {kind: 'throttle', operation: 'ecs:UpdateServce'},
    'throttle: operation ecs:UpdateServce is not emulated: did you mean ecs:UpdateService?',
  ],
  [
    'an operation without its service',
    {kind: 'throttle', operation: 'CreateRule'},
    'throttle: operation CreateRule is not valid: did you mean elasticloadbalancing:CreateRule?',
  ],
  [
    'a beginning that no operation has',
    {kind: 'throttle', operation: 'ecs:Foo*'},
    'throttle: operation ecs:Foo* is not emulated',
  ],
  ['a service', {kind: 'throttle', service: 'ec'}, 'throttle: service ec is not emulated: did you mean ec2?'],
  [
    'a member that is mistyped',
    {kind: 'throttle', operatoin: 'ecs:UpdateService'},
    'throttle: there is no operatoin for this kind: did you mean operation?',
  ],
  [
    'a member of another kind',
    {kind: 'throttle', serviceName: 'web'},
    'throttle: there is no serviceName for this kind',
  ],
  ['a delay that is missing', {kind: 'latency'}, 'latency: it needs delay'],
  ['a delay that is no time', {kind: 'latency', delay: 'soon'}, 'latency: delay: duration soon is not valid'],
  ['an end at once', {kind: 'throttle', for: 0}, 'throttle: for must be longer than 0s'],
  ['a probability of 0', {kind: 'throttle', probability: 0}, 'throttle: probability 0 is not valid'],
  ['a probability as a text', {kind: 'throttle', probability: '0.5'}, 'throttle: probability "0.5" is not valid'],
  ['a count of 0', {kind: 'throttle', count: 0}, 'throttle: count 0 is not valid: use a whole number from 1'],
  ['a count of 1.5', {kind: 'throttle', count: 1.5}, 'throttle: count 1.5 is not valid'],
  ['a status that is no failure', {kind: 'server-error', status: 404}, 'status 404 is not valid: use 500 or 503'],
  ['a cause', {kind: 'unpullable-image', cause: 'gone'}, 'cause gone is not valid: use not-found or timeout'],
  ['an empty text', {kind: 'throttle', resource: ' '}, 'throttle: resource is a text that is not empty'],
  ['an account', {kind: 'throttle', account: '12'}, 'throttle: account 12 is not valid: use 12 digits'],
  [
    'an operation of another service',
    {kind: 'throttle', service: 'ec2', operation: 'ecs:UpdateService'},
    'throttle: operation ecs:UpdateService does not belong to service ec2',
  ],
  [
    'the permission to pass a role as an operation',
    {kind: 'throttle', operation: 'iam:PassRole'},
    'throttle: iam:PassRole is a permission and no operation',
  ],
  [
    'a status of what times out',
    {kind: 'failing-health-checks', cause: 'timeout', status: 500},
    'failing-health-checks: a check that times out has no status',
  ],
])('refuses %s', (_, document, problem) => {
  expect(problemOf(document)).toContain(problem)
})

test('tells the problems of all faults with their numbers, and takes none of them', () => {
  expect(problemOf({kind: 'drop'}, {kind: 'dorp'}, {kind: 'latency'})).toBe(
    'fault 2: kind dorp is unknown: did you mean drop?; fault 3: latency: it needs delay',
  )
})

test.each<[string, string, string]>([
  ['that is no JSON', '{"faults": [', 'it is no JSON'],
  ['without faults', '{}', 'it has no list "faults"'],
  ['whose faults are no list', '{"faults": {}}', '"faults" is no list'],
  ['with something else', '{"faults": [], "sed": 1}', 'it has an unknown member sed'],
])('refuses a file %s', (_, text, problem) => {
  expect(parsePlanFile(text, catalog)).toMatchObject({ok: false, problem: expect.stringContaining(problem)})
})

test.each(kindNames)('the documentation has the kind %s with its members', (kind) => {
  const documentation = readFileSync(new URL('../../../../docs/local-aws.md', import.meta.url), 'utf8')
  const row = documentation.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? ''

  expect(row).not.toBe('')
  for (const member of faultKinds[kind].required ?? []) expect(row).toContain(`\`${member}\``)
})
