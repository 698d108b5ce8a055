import {mkdirSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {makeFolder} from '../../../../src/local/state/folder.js'
import {newFolder} from './world.js'

test('makes a folder and those above it, for their owner only', () => {
  const folder = newFolder()

  makeFolder(join(folder, 'a', 'b'))
  makeFolder(join(folder, 'a', 'b'))

  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700)
})

test('leaves a folder that is there as it is', () => {
  const folder = join(newFolder(), 'open')
  mkdirSync(folder)
  const {mode} = statSync(folder)

  makeFolder(folder)

  expect(statSync(folder).mode).toBe(mode)
})

test.runIf(process.platform === 'linux')('ends where the file system lets nobody make a folder', () => {
  expect(() => makeFolder('/proc/nobody-makes-this/x')).toThrow('ENOENT')
})

test.each([
  ['in the place of the folder', ['taken'], 'EEXIST'],
  ['above the folder', ['taken', 'state'], 'ENOTDIR'],
])('a file %s is told', (_title, path, code) => {
  const folder = newFolder()
  writeFileSync(join(folder, 'taken'), '')

  expect(() => makeFolder(join(folder, ...path))).toThrow(code)
})
