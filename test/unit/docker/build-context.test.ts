import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {checkBuildContext} from '../../../src/docker/build-context.js'
import {machineFiles} from '../../../src/docker/files.js'
import {UsageError} from '../../../src/errors/errors.js'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'context-'))
  onTestFinished(() => rm(root, {recursive: true}))
})

async function failureOf(build: {context: string; dockerfile?: string}): Promise<unknown> {
  return checkBuildContext(build, machineFiles).then(
    () => undefined,
    (error: unknown) => error,
  )
}

test.each(['Dockerfile', 'dockerfile'])('takes a folder with a %s', async (name) => {
  await writeFile(join(root, name), '')

  expect(await failureOf({context: root})).toBeUndefined()
})

test('takes a Dockerfile outside the folder', async () => {
  await mkdir(join(root, 'app'))
  await writeFile(join(root, 'Other'), '')

  expect(await failureOf({context: join(root, 'app'), dockerfile: join(root, 'Other')})).toBeUndefined()
})

test('refuses a folder without a Dockerfile and names the flag', async () => {
  const failure = await failureOf({context: root})

  expect(failure).toBeInstanceOf(UsageError)
  expect(failure).toMatchObject({
    code: 'DOCKERFILE_NOT_FOUND',
    exitCode: 2,
    message: `no Dockerfile at ${join(root, 'Dockerfile')}`,
    hints: [expect.stringContaining('--dockerfile')],
  })
})

test('refuses a Dockerfile that is not there, and does not fall back to another', async () => {
  await writeFile(join(root, 'Dockerfile'), '')

  expect(await failureOf({context: root, dockerfile: join(root, 'Other')})).toMatchObject({
    code: 'DOCKERFILE_NOT_FOUND',
    message: `no Dockerfile at ${join(root, 'Other')}`,
    hints: [expect.stringContaining('--dockerfile')],
  })
})

test('refuses a folder where the Dockerfile should be', async () => {
  await mkdir(join(root, 'Dockerfile'))

  expect(await failureOf({context: root})).toMatchObject({code: 'DOCKERFILE_NOT_FOUND'})
})

test.each(['nowhere', 'file', 'file/below'])('refuses %s as a folder to build from', async (name) => {
  await writeFile(join(root, 'file'), '')

  expect(await failureOf({context: join(root, name)})).toMatchObject({
    code: 'BUILD_CONTEXT_NOT_FOUND',
    exitCode: 2,
    message: `no folder to build from at ${join(root, name)}`,
  })
})
