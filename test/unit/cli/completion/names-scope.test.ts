import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {NamesScope} from '../../../../src/cli/completion/names-scope.js'
import {namesFile, namesScope} from '../../../../src/cli/completion/names-scope.js'

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(await realpath(tmpdir()), 'fargate-scope-'))
})
afterAll(() => rm(cwd, {force: true, recursive: true}))

const scope: NamesScope = {kind: 'service', local: false}

test('a flag wins over the environment', async () => {
  const env = {FARGATE_CLUSTER: 'other', FARGATE_REGION: 'eu-west-1', FARGATE_LOCAL: '1'}

  expect(
    await namesScope(
      'service',
      new Map([
        ['cluster', ['web']],
        ['local', ['false']],
      ]),
      {env, cwd},
    ),
  ).toMatchObject({
    kind: 'service',
    cluster: 'web',
    region: 'eu-west-1',
    profile: undefined,
    local: false,
  })
})

test('names lie in the cache folder of the user', async () => {
  expect(await namesFile(scope, {HOME: '/home/me'})).toMatch(/^\/home\/me\/\.cache\/fargate\/completion\/\w{64}\.json$/)
  expect(await namesFile(scope, {XDG_CACHE_HOME: '/cache'})).toMatch(/^\/cache\/fargate\/completion\/\w{64}\.json$/)
})

test.each<[string, Partial<NamesScope>, Record<string, string>]>([
  ['kind', {kind: 'cluster'}, {}],
  ['cluster', {cluster: 'two'}, {}],
  ['region', {region: 'eu-west-1'}, {}],
  ['profile', {profile: 'two'}, {}],
  ['local AWS', {local: true}, {}],
  ['endpoint', {}, {AWS_ENDPOINT_URL_ECS: 'http://127.0.0.1:1'}],
  ['access key', {}, {AWS_ACCESS_KEY_ID: 'two'}],
  ['profile of the environment', {}, {AWS_PROFILE: 'two'}],
  ['account of the local AWS', {}, {FARGATE_LOCAL_ACCOUNT: '2'}],
])('names of another %s lie in another file', async (_, different, env) => {
  expect(await namesFile({...scope, ...different}, {HOME: '/', ...env})).not.toBe(await namesFile(scope, {HOME: '/'}))
})

test('other variables do not matter', async () => {
  expect(await namesFile(scope, {HOME: '/', AWS_SESSION_TOKEN: 'x', PWD: '/x'})).toBe(
    await namesFile(scope, {HOME: '/'}),
  )
})
