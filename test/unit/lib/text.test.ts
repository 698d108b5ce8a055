import {integer, string, tuple} from 'fast-check'
import {expect, test} from 'vitest'
import {joinList, plural, truncateMiddle} from '../../../src/lib/text.js'
import {textWidth} from '../../../src/lib/text-width.js'
import {holdsFor} from './property.js'

test.for([
  [0, '0 tasks'],
  [1, '1 task'],
  [2, '2 tasks'],
] as const)('counts %i', ([count, expected]) => {
  expect(plural(count, 'task')).toBe(expected)
})

test('counts what has a plural of its own', () => {
  expect(plural(2, 'repository', 'repositories')).toBe('2 repositories')
})

test.for([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
] as const)('joins %j', ([items, expected]) => {
  expect(joinList(items)).toBe(expected)
})

test('joins alternatives', () => {
  expect(joinList(['a', 'b', 'c'], 'or')).toBe('a, b or c')
})

test.for([
  ['abcdefgh', 8, 'abcdefgh'],
  ['abcdefgh', 7, 'abc…fgh'],
  ['abcdefgh', 4, 'ab…h'],
  ['abcdefgh', 1, '…'],
  ['日本語日本語', 7, '日本…語'],
] as const)('shortens %s to %i columns', ([text, columns, expected]) => {
  expect(truncateMiddle(text, columns)).toBe(expected)
})

test('never takes more columns than there are', () => {
  holdsFor(tuple(string({unit: 'grapheme'}), integer({min: 1, max: 20})), ([text, columns]) => {
    expect(textWidth(truncateMiddle(text, columns))).toBeLessThanOrEqual(columns)
  })
})
