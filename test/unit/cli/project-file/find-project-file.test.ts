import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {findProjectFile} from '../../../../src/cli/project-file/find-project-file.js'

let top = ''

beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'project-')))
  await mkdir(join(top, 'repository', 'app', 'src'), {recursive: true})
  await mkdir(join(top, 'repository', '.git'))
})

afterEach(() => rm(top, {recursive: true}))

const put = (...path: string[]) => writeFile(join(top, ...path), '')

test('finds the nearest file in or above the folder', async () => {
  await put('repository', 'fargate.yml')
  expect(await findProjectFile({}, join(top, 'repository', 'app', 'src'))).toBe(join(top, 'repository', 'fargate.yml'))

  await put('repository', 'app', 'fargate.yaml')
  expect(await findProjectFile({}, join(top, 'repository', 'app', 'src'))).toBe(
    join(top, 'repository', 'app', 'fargate.yaml'),
  )
})

test('does not look above the git work tree', async () => {
  await put('fargate.yml')

  expect(await findProjectFile({}, join(top, 'repository', 'app'))).toBeUndefined()
  expect(await findProjectFile({}, top)).toBe(join(top, 'fargate.yml'))
})

test('takes the one that FARGATE_CONFIG names, and none in its place', async () => {
  await put('repository', 'fargate.yml')
  await put('other.yml')

  expect(await findProjectFile({FARGATE_CONFIG: '../other.yml'}, join(top, 'repository'))).toBe(join(top, 'other.yml'))
  await expect(findProjectFile({FARGATE_CONFIG: 'nope.yml'}, top)).rejects.toMatchObject({
    code: 'PROJECT_FILE_NOT_FOUND',
    exitCode: 2,
  })
})

test('does not choose between two spellings', async () => {
  await put('repository', 'fargate.yml')
  await put('repository', 'fargate.yaml')

  await expect(findProjectFile({}, join(top, 'repository'))).rejects.toMatchObject({code: 'PROJECT_FILE_AMBIGUOUS'})
})
