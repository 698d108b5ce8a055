import {describe, expect, test} from 'vitest'
import {createContainerSecrets} from '../../../src/local/container-secrets.js'
import type {Scope} from '../../../src/local/scope.js'

const scope = {account: '123456789012', region: 'us-east-1'}
const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf'
const missingArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:gone-AbCdEf'
const parameterArn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/prod/token'

const failure = (problem: string) =>
  `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ${problem}`
const fromAsm = (problem: string) =>
  failure(`unable to retrieve secret from asm: service call has been retried 1 time(s): ${problem}`)

function createPort(text = 'hunter2') {
  const asked: {scope: Scope; id: string; version?: object}[] = []
  const port = createContainerSecrets({
    parameters: {
      findValue: (where, id) => {
        asked.push({scope: where, id})
        return id.includes('missing') ? undefined : `value of ${id}`
      },
    },
    secretValues: {
      findValue: (where, id, version) => {
        asked.push({scope: where, id, version})
        return id === secretArn
          ? {outcome: 'found', text}
          : {outcome: 'failed', fault: "ResourceNotFoundException: Secrets Manager can't find the specified secret."}
      },
    },
  })
  return {asked, port}
}

const resolved = (reference: string, text?: string) => {
  const resolution = createPort(text).port.resolve(scope, [reference])
  return resolution.outcome === 'resolved' ? resolution.values.get(reference) : resolution.reason
}

describe('secrets of containers', () => {
  test('a parameter is found by name in the region of the task and by ARN in its own', () => {
    const {asked, port} = createPort()
    expect(port.resolve(scope, ['/prod/token', parameterArn])).toEqual({
      outcome: 'resolved',
      values: new Map([
        ['/prod/token', 'value of /prod/token'],
        [parameterArn, `value of ${parameterArn}`],
      ]),
    })
    expect(asked.map(({scope: {region}}) => region)).toEqual(['us-east-1', 'eu-west-1'])
  })

  test('all parameters that are missing are named at once', () => {
    const references = ['missing', 'there', 'arn:aws:ssm:us-east-1:123456789012:parameter/a/missing']
    expect(createPort().port.resolve(scope, references)).toEqual({
      outcome: 'failed',
      reason: failure(
        'unable to retrieve secrets from ssm: service call has been retried 1 time(s):' +
          ' invalid ssm parameters: missing,/a/missing',
      ),
    })
  })

  test('a secret is asked for with the version that its reference names', () => {
    const {asked, port} = createPort('{"password":"x"}')
    port.resolve(scope, [secretArn, `${secretArn}:password::`, `${secretArn}::AWSPREVIOUS:`, `${secretArn}:::v1`])
    const where = {account: '123456789012', region: 'eu-west-1'}
    expect(asked).toEqual([
      {scope: where, id: secretArn, version: {}},
      {scope: where, id: secretArn, version: {}},
      {scope: where, id: secretArn, version: {stage: 'AWSPREVIOUS'}},
      {scope: where, id: secretArn, version: {id: 'v1'}},
    ])
  })

  test.each([
    ['the whole text', secretArn, 'hunter2', 'hunter2'],
    ['a member of its JSON', `${secretArn}:password::`, '{"password":"hunter2"}', 'hunter2'],
    ['an empty member', `${secretArn}:password::`, '{"password":""}', ''],
    ['a number', `${secretArn}:port::`, '{"port":5432}', '5432'],
    ['a large number as Go prints it', `${secretArn}:size::`, '{"size":1000000}', '1e+06'],
    ['a truth value', `${secretArn}:on::`, '{"on":true}', 'true'],
  ])('%s becomes the value', (_, reference, text, value) => {
    expect(resolved(reference, text)).toBe(value)
  })

  test.each([
    [
      'no such key',
      `${secretArn}:user::`,
      '{"a":1}',
      'retrieved secret from Secrets Manager did not contain json key user',
    ],
    [
      'a key of all objects',
      `${secretArn}:toString::`,
      '{}',
      'retrieved secret from Secrets Manager did not contain json key toString',
    ],
    ['no JSON', `${secretArn}:user::`, 'hunter2', "invalid character 'h' looking for beginning of value"],
    [
      'keys without quotes',
      `${secretArn}:user::`,
      '{user: 1}',
      "invalid character 'u' looking for beginning of object key string",
    ],
    ['JSON that ends too soon', `${secretArn}:user::`, '{"user": "', 'unexpected end of JSON input'],
    [
      'a JSON list',
      `${secretArn}:user::`,
      '[]',
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'a missing colon',
      `${secretArn}:user`,
      '{}',
      'unexpected ARN format with parameters when trying to retrieve ASM secret',
    ],
    [
      'no such secret',
      missingArn,
      '',
      `failed to fetch secret ${missingArn} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    ],
  ])('%s stops the task', (_, reference, text, problem) => {
    expect(resolved(reference, text)).toBe(fromAsm(problem))
  })
})
