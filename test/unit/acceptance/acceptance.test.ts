import {existsSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'

const tests = new URL('../../', import.meta.url)
const rows = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (promise|defect|---) \|/.test(line))
  .map((line) => line.slice(2, -2).split(' | '))

test('each promise and each defect has its test', () => {
  const missing = rows.filter(([, file = '', words = '']) => {
    const url = new URL(file, tests)
    return words === '' || !existsSync(url) || !readFileSync(url, 'utf8').includes(words)
  })

  expect(missing).toEqual([])
  expect(rows.length).toBeGreaterThan(50)
})
