import {expect, test} from 'vitest'
import {shortenWithHash, shortHash} from '../../../src/lib/hash.js'

// 0x811c9dc5, 0xe40c292c and 0xbf9cf968 are published results of FNV-1a; the last row has two bytes in UTF-8.
test.for([
  ['', (0x811c9dc5).toString(36)],
  ['a', (0xe40c292c).toString(36)],
  ['foobar', (0xbf9cf968).toString(36)],
  ['é', '8htmm9'],
] as const)('hashes %j as FNV-1a does', ([text, expected]) => {
  expect(shortHash(text)).toBe(expected.padStart(7, '0'))
})

test('keeps two long texts apart that begin alike', () => {
  const first = shortenWithHash('a-very-long-name-one', 'one', 16)
  const second = shortenWithHash('a-very-long-name-two', 'two', 16)

  expect(first).toHaveLength(16)
  expect(first.slice(0, 9)).toBe('a-very-l-')
  expect(second.slice(0, 9)).toBe('a-very-l-')
  expect(first).not.toBe(second)
})

test('has neither two hyphens in a row nor nothing before one', () => {
  expect(shortenWithHash('a-very-long', 'x', 15)).toBe(`a-very-${shortHash('x')}`)
  expect(shortenWithHash('', 'x', 15)).toBe(shortHash('x'))
})
