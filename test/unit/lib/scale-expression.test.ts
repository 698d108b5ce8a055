import {integer} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {formatScale, parseScale, resolveScale} from '../../../src/lib/scale-expression.js'
import {holdsFor} from './property.js'

describe('the expression', () => {
  test.for([
    ['5', {kind: 'absolute', count: 5}],
    ['0', {kind: 'absolute', count: 0}],
    ['5000', {kind: 'absolute', count: 5000}],
    ['+2', {kind: 'relative', change: 2}],
    ['-2', {kind: 'relative', change: -2}],
    ['+0', {kind: 'relative', change: 0}],
    ['-0', {kind: 'relative', change: 0}],
  ] as const)('reads %s', ([text, value]) => {
    expect(parseScale(text)).toEqual({ok: true, value})
  })

  test.for([
    '+5x',
    '-x5',
    '+ 5',
    '--5',
    '++5',
    '+-5',
    'abc',
    '5abc',
    '5.5',
    '',
    '+',
    '-',
    ' 5',
    '5\n',
    '05',
    '+05',
    '1e3',
  ])('refuses %j', (text) => {
    const shown = /^\S+$/.test(text) ? text : JSON.stringify(text)
    expect(parseScale(text)).toEqual({
      ok: false,
      problem: `scale ${shown} is not valid: use a number of tasks such as 5, or a change such as +2 or -2`,
    })
  })

  test.for(['5001', '+5001', '-5001', '+99999999999999999999'])('refuses %s, which no service can run', (text) => {
    expect(parseScale(text)).toEqual({
      ok: false,
      problem: `scale ${text} is too large: a service runs at most 5000 tasks`,
    })
  })

  test('is read back from what is written', () => {
    holdsFor(integer({min: -5000, max: 5000}), (number) => {
      const relative = {kind: 'relative', change: number} as const
      expect(parseScale(formatScale(relative))).toEqual({ok: true, value: relative})
      const absolute = {kind: 'absolute', count: Math.abs(number)} as const
      expect(parseScale(formatScale(absolute))).toEqual({ok: true, value: absolute})
    })
  })
})

describe('the number of tasks', () => {
  test.for([
    ['3', 1, 3],
    ['0', 4, 0],
    ['+2', 1, 3],
    ['-2', 2, 0],
    ['+0', 7, 7],
  ] as const)('is, for %s from %i, %i', ([text, current, expected]) => {
    expect(resolve(text, current)).toEqual({ok: true, value: expected})
  })

  test('is never below 0', () => {
    expect(resolve('-7', 2)).toEqual({
      ok: false,
      problem: 'scale -7 from 2 tasks gives -5 tasks: take away at most 2',
    })
  })

  test('is never above what a service can run', () => {
    expect(resolve('+1', 5000)).toEqual({
      ok: false,
      problem: 'scale +1 from 5000 tasks gives 5001 tasks: a service runs at most 5000',
    })
  })
})

function resolve(text: string, current: number) {
  const expression = parseScale(text)
  if (!expression.ok) throw new Error(expression.problem)
  return resolveScale(expression.value, current)
}
