import {mkdir, mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterEach, beforeEach, expect, inject, test} from 'vitest'
import {nodeProgram} from '../helpers/node-program.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fargate-package-'))
})

afterEach(() => rm(folder, {force: true, recursive: true}))

/** Packs the built program as `npm publish` does, and unpacks it where nothing else is. */
async function unpack(): Promise<string> {
  await execa('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {cwd: inject('product')})
  const {name, version} = JSON.parse(await readFile(join(inject('product'), 'package.json'), 'utf8'))
  await mkdir(join(folder, 'unpacked'))
  await execa('tar', ['-xzf', join(folder, `${name}-${version}.tgz`), '-C', join(folder, 'unpacked')])
  return join(folder, 'unpacked', 'package')
}

test('runs from what is published, without any dependency', async () => {
  const published = await unpack()
  const run = (...args: string[]) =>
    execa(nodeProgram, [join(published, 'bin', 'run.js'), ...args], {
      env: {HOME: folder, NO_COLOR: '1'},
      extendEnv: false,
      reject: false,
    })

  const pjson = JSON.parse(await readFile(join(published, 'package.json'), 'utf8'))
  expect(pjson.dependencies).toBeUndefined()
  expect(await readFile(join(published, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8')).toContain('@oclif/core')
  expect((await run('--version')).stdout).toContain(`fargate/${pjson.version}`)
  expect(await run('local', 'env')).toMatchObject({exitCode: 3, stderr: expect.stringContaining('no local AWS')})
})

test('says what it needs on a Node.js that is too old', async () => {
  const text = await readFile(join(inject('product'), 'bin', 'run.js'), 'utf8')
  const old = `Object.defineProperty(process.versions, 'node', {value: '20.20.2'});`
  const script = text.replace(/^#!.*\n/, '').replace("import module from 'node:module'", old)

  const {exitCode, stdout, stderr} = await execa(nodeProgram, ['--input-type=module', '-e', script], {reject: false})

  expect(stderr).toMatch(/^Error: fargate needs Node\.js 22\.12 or later; this is v[\d.]+$/)
  expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''})
})
