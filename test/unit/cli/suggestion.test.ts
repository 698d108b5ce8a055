import {expect, test} from 'vitest'
import {closest} from '../../../src/cli/suggestion.js'

test.each([
  ['--regoin', ['--region', '--profile'], '--region'],
  ['service lst', ['service list', 'service ps'], 'service list'],
  ['x', ['lb', 'ps'], undefined],
  ['completely different', ['service list'], undefined],
  ['anything', [], undefined],
])('finds the closest to %j in %j: %j', (text, candidates, expected) => {
  expect(closest(text, candidates)).toBe(expected)
})
