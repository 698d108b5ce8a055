import {expect, test} from 'vitest'
import {locateRepository, parseReference} from '../../../../src/local/registry/reference.js'

const digest = `sha256:${'0'.repeat(64)}`

test.each([
  ['nginx', {path: 'nginx'}],
  ['nginx:1.2', {path: 'nginx', tag: '1.2'}],
  ['user/app', {path: 'user/app'}],
  ['localhost/app', {host: 'localhost', path: 'app'}],
  ['host:5000/app', {host: 'host:5000', path: 'app'}],
  ['host:5000/a/b:v1', {host: 'host:5000', path: 'a/b', tag: 'v1'}],
  [`ghcr.io/a/b:v1@${digest}`, {host: 'ghcr.io', path: 'a/b', tag: 'v1', digest}],
  [`ghcr.io/a/b@${digest}`, {host: 'ghcr.io', path: 'a/b', digest}],
])('takes %s apart', (reference, expected) => {
  expect(parseReference(reference)).toEqual(expected)
})

test.each(['', 'a b', '@sha256:00', `a@${digest}@${digest}`])('takes "%s" for no reference', (reference) => {
  expect(parseReference(reference)).toBeUndefined()
})

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', {account: '111122223333', region: 'eu-west-1'}],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', {account: '111122223333', region: 'cn-north-1'}],
  ['111122223333.dkr-ecr.eu-west-1.on.aws', {account: '111122223333', region: 'eu-west-1'}],
])('locates a repository at %s', (host, scope) => {
  expect(locateRepository({host, path: 'team/web'}, ['127.0.0.1:4566'])).toEqual({...scope, repositoryName: 'team/web'})
})

test.each([
  '12.dkr.ecr.eu-west-1.amazonaws.com',
  '111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.org',
  '127.0.0.1:4567',
])('leaves %s to others', (host) => {
  expect(locateRepository({host, path: 'web'}, ['127.0.0.1:4566'])).toBe('foreign')
})
