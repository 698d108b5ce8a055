import {expect, it} from 'vitest'
import type {WireRequest} from '../../../../src/local/wire/http-message.js'
import {accountOfKey, signatureScope} from '../../../../src/local/wire/signature-scope.js'

const requestWith = (parts: Partial<WireRequest>): WireRequest => ({
  method: 'POST',
  path: '/',
  query: {},
  headers: {},
  body: '',
  ...parts,
})

const scopes: readonly {title: string; request: WireRequest; scope: object | undefined}[] = [
  {
    title: 'SigV4 in the Authorization header',
    request: requestWith({
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIA1/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0',
      },
    }),
    scope: {accessKeyId: 'AKIA1', region: 'eu-west-1', service: 'ecs'},
  },
  {
    title: 'SigV4A, whose scope has no region',
    request: requestWith({
      headers: {
        authorization:
          'AWS4-ECDSA-P256-SHA256 Credential=AKIA1/20260101/sts/aws4_request, SignedHeaders=host, Signature=0',
      },
    }),
    scope: {accessKeyId: 'AKIA1', region: undefined, service: 'sts'},
  },
  {
    title: 'a presigned URL',
    request: requestWith({query: {'X-Amz-Credential': ['AKIA2/20260101/us-east-1/sts/aws4_request']}}),
    scope: {accessKeyId: 'AKIA2', region: 'us-east-1', service: 'sts'},
  },
  {title: 'an unsigned request', request: requestWith({}), scope: undefined},
  {
    title: 'another scheme of authorization',
    request: requestWith({headers: {authorization: 'Basic QVdTOng='}}),
    scope: undefined,
  },
  {
    title: 'a credential of another shape',
    request: requestWith({headers: {authorization: 'AWS4-HMAC-SHA256 Credential=AKIA1/aws4_request, Signature=0'}}),
    scope: undefined,
  },
]

it.each(scopes)('reads $title', ({request, scope}) => {
  expect(signatureScope(request)).toEqual(scope)
})

it.each([
  ['123456789012', '123456789012'],
  ['AKIAIOSFODNN7EXAMPLE', '000000000000'],
  ['1234567890123', '000000000000'],
  [undefined, '000000000000'],
])('takes the key %s for the account %s', (accessKeyId, account) => {
  expect(accountOfKey(accessKeyId, '000000000000')).toBe(account)
})
