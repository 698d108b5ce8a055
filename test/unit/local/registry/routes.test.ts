import {expect, test} from 'vitest'
import {errorOf, pushManifest, startRegistry} from './registry-server.js'

test('refuses a repository that does not exist in ECR, in ECR’s words', async () => {
  await using server = await startRegistry()

  const path = '/v2/111122223333/eu-west-1/team/web/blobs/uploads/'
  const response = await fetch(server.origin + path, {
    method: 'POST',
    headers: {authorization: server.authorization},
  })

  expect(await errorOf(response)).toEqual({
    status: 404,
    code: 'NAME_UNKNOWN',
    message: "The repository with name 'team/web' does not exist in the registry with id '111122223333'",
  })
})

test.each([
  ['GET', '/v2/web/manifests/latest', 404, 'NAME_UNKNOWN'],
  ['GET', '/v2/_catalog', 403, 'DENIED'],
  ['GET', '/v2/111122223333/eu-west-1/app/nothing', 404, 'NAME_UNKNOWN'],
  ['GET', '/v2/111122223333/eu-west-1/app/manifests/%zz', 400, 'NAME_UNKNOWN'],
  ['DELETE', '/v2/111122223333/eu-west-1/app/tags/list', 405, 'UNSUPPORTED'],
  ['GET', '/v2/111122223333/us-east-1/app/tags/list', 404, 'NAME_UNKNOWN'],
  ['GET', '/v2/999922223333/eu-west-1/app/tags/list', 404, 'NAME_UNKNOWN'],
])('answers %s %s with %i %s', async (method, path, status, code) => {
  await using server = await startRegistry()

  const response = await fetch(server.origin + path, {method, headers: {authorization: server.authorization}})

  expect(await errorOf(response)).toMatchObject({status, code})
})

test('lists tags in order, a page at a time', async () => {
  await using server = await startRegistry()
  for (const tag of ['v2', 'v1', 'latest', 'v10', 'v3']) await pushManifest(server, tag)

  const pages: unknown[] = []
  let path: string | undefined = '/tags/list?n=2'
  while (path !== undefined) {
    const response: Response = await server.fetch(path)
    pages.push(await response.json())
    path = /<.*?\/app(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  }

  const name = '111122223333/eu-west-1/app'
  expect(pages).toEqual([
    {name, tags: ['latest', 'v1']},
    {name, tags: ['v10', 'v2']},
    {name, tags: ['v3']},
  ])
})

test.each([
  ['/tags/list', {tags: ['a', 'b']}],
  ['/tags/list?last=a', {tags: ['b']}],
  ['/tags/list?n=0', {tags: []}],
])('lists tags at %s', async (path, expected) => {
  await using server = await startRegistry()
  for (const tag of ['a', 'b']) await pushManifest(server, tag)

  expect(await (await server.fetch(path)).json()).toMatchObject(expected)
})

test('refuses a page size that is no number', async () => {
  await using server = await startRegistry()

  const error = await errorOf(await server.fetch('/tags/list?n=many'))

  expect(error).toMatchObject({status: 400, code: 'PAGINATION_NUMBER_INVALID'})
})
