import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {CancelledError, MachineError} from '../../../src/errors/errors.js'
import {createGit} from '../../../src/git/git.js'
import {createRunner} from '../../../src/process/execa-runner.js'
import {fakeRunner} from '../../helpers/fake-runner.js'

const runner = createRunner({
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  LANGUAGE: 'de',
})

let root: string

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'git-')))
  onTestFinished(() => rm(root, {recursive: true}))
})

async function git(...args: readonly string[]): Promise<string> {
  const {stdout} = await runner.run(['git', '-C', root, '-c', 'protocol.file.allow=always', ...args])
  return stdout.trim()
}

/** A repository with two folders, one of which is the build context. */
async function repository(): Promise<void> {
  await git('init', '--quiet')
  for (const folder of ['app', 'other']) {
    await mkdir(join(root, folder))
    await writeFile(join(root, folder, 'file'), 'one')
  }
  await writeFile(join(root, '.gitignore'), '*.log\n')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'first')
}

const describeFolder = (folder: string) => createGit({runner, cwd: root}).describe(folder)

test('gives the short commit of a clean folder', async () => {
  await repository()

  const state = await describeFolder(join(root, 'app'))

  expect(state).toEqual({kind: 'commit', commit: await git('rev-parse', '--short', 'HEAD'), dirty: false})
})

test('takes a relative folder from its own folder', async () => {
  await repository()

  expect(await describeFolder('app')).toMatchObject({kind: 'commit', dirty: false})
})

test.each([
  {change: 'a changed file in the folder', file: 'app/file', dirty: true},
  {change: 'a new file in the folder', file: 'app/new', dirty: true},
  {change: 'an ignored file in the folder', file: 'app/debug.log', dirty: false},
  {change: 'a changed file in another folder', file: 'other/file', dirty: false},
])('$change makes dirty $dirty', async ({file, dirty}) => {
  await repository()
  await writeFile(join(root, file), 'two')

  expect(await describeFolder(join(root, 'app'))).toMatchObject({kind: 'commit', dirty})
})

test('counts new files where the user hides them from status', async () => {
  await repository()
  await git('config', 'status.showUntrackedFiles', 'no')
  await writeFile(join(root, 'app', 'new'), '')

  expect(await describeFolder(join(root, 'app'))).toMatchObject({dirty: true})
})

test('counts a staged file', async () => {
  await repository()
  await writeFile(join(root, 'app', 'file'), 'two')
  await git('add', '.')

  expect(await describeFolder(join(root, 'app'))).toMatchObject({dirty: true})
})

test('sees a repository without commits', async () => {
  await git('init', '--quiet')

  expect(await describeFolder(root)).toEqual({kind: 'no-commits'})
})

test('sees a folder outside any repository', async () => {
  expect(await describeFolder(root)).toEqual({kind: 'none'})
})

test('sees the inside of .git as no work tree', async () => {
  await git('init', '--quiet')

  expect(await describeFolder(join(root, '.git'))).toEqual({kind: 'none'})
})

test('describes a submodule by its own commit', async () => {
  await git('init', '--quiet', 'library')
  await git('-C', 'library', 'commit', '--quiet', '--allow-empty', '--message', 'library')
  await git('init', '--quiet', 'app')
  await git('-C', 'app', 'submodule', '--quiet', 'add', '../library', 'library')
  await git('-C', 'app', 'commit', '--quiet', '--message', 'app')

  const [submodule, app] = await Promise.all(['app/library', 'app'].map(describeFolder))

  expect(submodule).toEqual({
    kind: 'commit',
    commit: await git('-C', 'library', 'rev-parse', '--short', 'HEAD'),
    dirty: false,
  })
  expect(app).toEqual({kind: 'commit', commit: await git('-C', 'app', 'rev-parse', '--short', 'HEAD'), dirty: false})
})

test('sees a repository of another user, and gives the command that allows it', async () => {
  await repository()
  const stranger = createRunner({PATH: process.env.PATH, HOME: root, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1'})

  const state = await createGit({runner: stranger, cwd: root}).describe(root)

  expect(state).toEqual({kind: 'untrusted', hint: `git config --global --add safe.directory ${root}`})
})

test('fails on a repository that is broken', async () => {
  await repository()
  await writeFile(join(root, '.git', 'HEAD'), `${'1'.repeat(40)}\n`)

  const failure = await describeFolder(root).catch((error: unknown) => error)

  expect(failure).toBeInstanceOf(MachineError)
  expect(failure).toMatchObject({code: 'GIT_FAILED', exitCode: 3, message: expect.stringContaining('bad object HEAD')})
})

test('sees a machine without git as no repository', async () => {
  expect(await createGit({runner: createRunner({PATH: root}), cwd: root}).describe(root)).toEqual({kind: 'none'})
})

test('stops when the user stops', async () => {
  const stopped = fakeRunner([{command: /rev-parse/, reason: 'cancelled'}])

  await expect(createGit({runner: stopped, cwd: root}).describe(root)).rejects.toThrow(CancelledError)
  stopped.assertDone()
})
