import {expect, test} from 'vitest'
import {basic, errorOf, startRegistry} from './registry-server.js'

const hour = 60 * 60 * 1000

test('asks for basic credentials where there are none', async () => {
  await using server = await startRegistry()

  const response = await fetch(`${server.origin}/v2/`)

  expect(response.headers.get('www-authenticate')).toBe(
    `Basic realm="http://127.0.0.1:${server.port}/",service="ecr.amazonaws.com"`,
  )
  expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0')
  expect(await errorOf(response)).toEqual({status: 401, code: 'UNAUTHORIZED', message: 'Not Authorized'})
})

test('lets a password of GetAuthorizationToken in for 12 hours', async () => {
  await using server = await startRegistry()
  const ping = (): Promise<Response> => fetch(`${server.origin}/v2/`, {headers: {authorization: server.authorization}})

  await server.clock.advance(12 * hour - 1)
  expect((await ping()).status).toBe(200)
  await server.clock.advance(1)

  expect(await errorOf(await ping())).toEqual({
    status: 403,
    code: 'DENIED',
    message: 'Your authorization token has expired. Reauthenticate and try again.',
  })
})

test.each([
  ['another password', (password: string) => basic(`${password}x`)],
  ['another user', (password: string) => basic(password, 'root')],
  ['a bearer token', (password: string) => `Bearer ${password}`],
  ['nothing to decode', () => 'Basic'],
])('refuses %s', async (_, authorizationFor) => {
  await using server = await startRegistry()
  const authorization = authorizationFor(server.registry.issueToken().password)

  const response = await fetch(`${server.origin}/v2/`, {headers: {authorization}})

  expect(response.status).toBe(401)
})

test('gives out passwords that differ and cannot be guessed', async () => {
  await using server = await startRegistry()

  const passwords = [server.registry.issueToken().password, server.registry.issueToken().password]

  expect(new Set(passwords).size).toBe(2)
  for (const password of passwords) expect(Buffer.from(password, 'base64url')).toHaveLength(48)
})

test('refuses pushes, too, without a login', async () => {
  await using server = await startRegistry()

  const path = '/v2/111122223333/eu-west-1/app/blobs/uploads/'
  const response = await fetch(server.origin + path, {method: 'POST'})

  expect(response.status).toBe(401)
})
