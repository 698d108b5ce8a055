import {string, tuple} from 'fast-check'
import {expect, test} from 'vitest'
import {closest, editDistance} from '../../../src/lib/closest.js'
import {holdsFor} from './property.js'

const commands = ['create', 'deploy', 'destroy', 'env', 'info', 'list', 'logs', 'ps', 'restart', 'scale', 'update']

test.for([
  ['delpoy', ['deploy']],
  ['DEPLOY', ['deploy']],
  ['destory', ['destroy']],
  ['lgos', ['logs']],
  ['infos', ['info']],
  ['re', ['restart']],
  ['xyzzy', []],
  ['', []],
] as const)('%j may have meant %j', ([word, expected]) => {
  expect(closest(word, commands)).toEqual(expected)
})

test('names the nearest first, no more than asked', () => {
  expect(closest('service', ['servicex', 'service', 'servicexy', 'ervice'], {limit: 2})).toEqual(['service', 'ervice'])
})

test.for([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['ab', 'ba', 1],
  ['ca', 'abc', 3],
  ['same', 'same', 0],
] as const)('%j and %j are %i edits apart', ([from, to, distance]) => {
  expect(editDistance(from, to)).toBe(distance)
})

test('edits are the same both ways', () => {
  holdsFor(tuple(string({maxLength: 8}), string({maxLength: 8})), ([from, to]) => {
    expect(editDistance(from, to)).toBe(editDistance(to, from))
  })
})
