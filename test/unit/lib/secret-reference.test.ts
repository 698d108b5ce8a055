import {describe, expect, test} from 'vitest'
import {parseSecretReference, parseSecretReferences, sharedNameProblem} from '../../../src/lib/secret-reference.js'

const secret = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf'
const parameter = 'arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/db/password'
const forms = 'use NAME=<ARN of a Secrets Manager secret or of an SSM parameter> or NAME=/path/of/parameter'

describe('one reference', () => {
  test.for([
    [secret, {kind: 'secret', arn: secret}],
    [`${secret}:password::`, {kind: 'secret', arn: secret, jsonKey: 'password'}],
    [`${secret}::AWSPREVIOUS:`, {kind: 'secret', arn: secret, versionStage: 'AWSPREVIOUS'}],
    [`${secret}:a:b:c`, {kind: 'secret', arn: secret, jsonKey: 'a', versionStage: 'b', versionId: 'c'}],
    [`${secret}:::`, {kind: 'secret', arn: secret}],
    [parameter, {kind: 'parameter-arn', arn: parameter}],
    [
      'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a',
      {kind: 'parameter-arn', arn: 'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a'},
    ],
    ['/db/password', {kind: 'parameter-name', parameter: '/db/password'}],
    ['db_password.v-2', {kind: 'parameter-name', parameter: 'db_password.v-2'}],
    ['team/db', {kind: 'parameter-name', parameter: 'team/db'}],
  ] as const)('to %s keeps what ECS reads and tells where it is', ([valueFrom, source]) => {
    expect(parseSecretReference(`Db_Password=${valueFrom}`)).toEqual({
      ok: true,
      value: {name: 'Db_Password', valueFrom, source},
    })
  })

  test.for([
    ['X', `secret X has no "=": ${forms}`],
    ['=/a', `secret =/a has no name before "=": ${forms}`],
    ['X=', `secret X= has no source after "=": ${forms}`],
    ['A B=/a', 'environment variable name "A B" has a space, a control character or "=": use a name such as LOG_LEVEL'],
    ['X=arn:aws:ssm', 'secret X: ARN arn:aws:ssm is not valid: use arn:partition:service:region:account:resource'],
    [
      'X=arn:aws:s3:::bucket',
      `secret X comes from arn:aws:s3:::bucket, which is neither a Secrets Manager secret nor an SSM parameter: ${forms}`,
    ],
    [
      'X=arn:aws:ssm:us-east-1:123456789012:document/a',
      'secret X comes from arn:aws:ssm:us-east-1:123456789012:document/a, ' +
        `which is neither a Secrets Manager secret nor an SSM parameter: ${forms}`,
    ],
    [
      `X=${secret}:password`,
      `secret X comes from ${secret}:password, whose end is not valid: ` +
        'add all of :json-key:version-stage:version-id and leave empty what you do not need, e.g. :password::',
    ],
    [
      `X=${secret}:a:b:c:d`,
      `secret X comes from ${secret}:a:b:c:d, whose end is not valid: ` +
        'add all of :json-key:version-stage:version-id and leave empty what you do not need, e.g. :password::',
    ],
    [
      'X=arn:aws:secretsmanager:us-east-1:123456789012:secret:',
      `secret X comes from arn:aws:secretsmanager:us-east-1:123456789012:secret:, which names no secret: ${forms}`,
    ],
    [
      'X=/db/password:3',
      'secret X comes from /db/password:3, which is not the name of an SSM parameter: ' +
        'leave out the colon, ECS always reads the latest version',
    ],
    [
      `X=${parameter}:3`,
      'secret X comes from /db/password:3, which is not the name of an SSM parameter: ' +
        'leave out the colon, ECS always reads the latest version',
    ],
    [
      'X=/a b',
      'secret X comes from "/a b", which is not the name of an SSM parameter: ' +
        'use letters, digits, _ . - and / between them',
    ],
    [
      'X=/a/',
      'secret X comes from /a/, which is not the name of an SSM parameter: ' +
        'use letters, digits, _ . - and / between them',
    ],
  ] as const)('%s is refused', ([text, problem]) => {
    expect(parseSecretReference(text)).toEqual({ok: false, problem})
  })
})

test('a name comes once, with its case', () => {
  expect(parseSecretReferences(['A=/a', 'a=/b'])).toMatchObject({ok: true, value: [{name: 'A'}, {name: 'a'}]})
  expect(parseSecretReferences(['A=/a', 'A=/b'])).toEqual({
    ok: false,
    problem: 'secret A is given more than once: give each name once',
  })
})

test('a name is not both a variable and a secret', () => {
  expect(sharedNameProblem([{name: 'A'}], [{name: 'a'}])).toBeUndefined()
  expect(sharedNameProblem([{name: 'A'}, {name: 'B'}], [{name: 'B'}])).toBe(
    'B is both an environment variable and a secret: keep one of the two',
  )
})

test('the problem of each reference is told', () => {
  expect(parseSecretReferences(['A', 'B=/b', 'C='])).toEqual({
    ok: false,
    problem: `secret A has no "=": ${forms}; secret C= has no source after "=": ${forms}`,
  })
})
