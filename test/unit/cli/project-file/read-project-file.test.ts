import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {readProjectFile} from '../../../../src/cli/project-file/read-project-file.js'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-file-'))
})

afterAll(() => rm(folder, {recursive: true}))

async function read(text: string) {
  const path = join(folder, 'fargate.yml')
  await writeFile(path, text)
  return readProjectFile(path)
}

/** What the refusal of a file says behind its path. */
async function refusal(text: string): Promise<string> {
  const error = await read(text).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({code: 'PROJECT_FILE_INVALID', exitCode: 2})
  return (error as Error).message.slice(join(folder, 'fargate.yml').length)
}

test('reads settings for all commands and for single services, with their lines', async () => {
  const {settings, services} = await read(`cluster: production
region: eu-west-1
services:
  web:
    cpu: 512
    port: 80
    env:
      LOG_LEVEL: debug
      VERSION: 1.10
      VERBOSE: yes
    rule:
      - path=/api/*
      - host=api.example.com
    assign-public-ip: false
  worker: {memory: 2GB}
`)

  expect(settings).toEqual([
    {flag: 'cluster', values: ['production'], line: 1},
    {flag: 'region', values: ['eu-west-1'], line: 2},
  ])
  expect(services.get('web')).toEqual([
    {flag: 'cpu', values: ['512'], line: 5},
    {flag: 'port', values: ['80'], line: 6},
    {flag: 'env', values: ['LOG_LEVEL=debug', 'VERSION=1.10', 'VERBOSE=yes'], line: 7},
    {flag: 'rule', values: ['path=/api/*', 'host=api.example.com'], line: 11},
    {flag: 'assign-public-ip', values: ['false'], line: 14},
  ])
  expect(services.get('worker')).toEqual([{flag: 'memory', values: ['2GB'], line: 15}])
})

test.each(['', '# nothing yet\n', '---\n'])('reads %j as a file that sets nothing', async (text) => {
  expect(await read(text)).toMatchObject({settings: [], services: new Map()})
})

describe('refuses, with the line', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['a key with a slip', 'clustr: x', ':1: unknown key "clustr"; did you mean cluster?'],
    ['a strange key', 'colour: x', ':1: unknown key "colour"; known are cluster, region, profile, services'],
    ['a setting with a slip', 'services:\n  web:\n    memroy: 1GB', ':3: unknown key "memroy"; did you mean memory?'],
    ['a decision of the moment', 'services: {web: {rebuild: true}}', 'unknown key "rebuild"'],
    ['a list where one value is', 'cluster: [a, b]', ':1: cluster needs one value'],
    ['no value', 'services:\n  web:\n    cpu:', ':3: cpu needs one value'],
    ['no boolean', 'services: {web: {wait: maybe}}', ':1: wait is true or false'],
    ['a list in a list', 'services: {web: {env: [[a]]}}', ':1: a value of env must be a text or a number'],
    ['services that are a list', 'services: [web]', ':1: services must be a mapping'],
    ['no mapping', '- web', ':1: it must be a mapping'],
    ['the same key twice', 'cluster: a\ncluster: b', ':2: Map keys must be unique'],
    ['what is no YAML', 'cluster: "a', ':1: '],
  ]

  test.each(rows)('%s', async (_what, text, message) => {
    expect(await refusal(text)).toContain(message)
  })
})

test('names a file that cannot be read', async () => {
  await expect(readProjectFile(join(folder, 'none.yml'))).rejects.toMatchObject({
    code: 'PROJECT_FILE_UNREADABLE',
    message: expect.stringContaining('none.yml: ENOENT'),
  })
})
