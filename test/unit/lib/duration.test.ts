import {integer} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {formatDuration, parseDuration} from '../../../src/lib/duration.js'
import {holdsFor} from './property.js'

describe('reading', () => {
  test.for([
    ['10m', 600_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1H30M', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1.1h', 3_960_000],
    ['250ms', 250],
    ['1500us', 2],
    ['1500µs', 2],
    ['2000000ns', 2],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['1w2d3h4m5s6ms', 788_645_006],
    ['30m1h', 5_400_000],
    ['120', 120_000],
    ['0', 0],
    ['0s', 0],
  ] as const)('takes %s as %i milliseconds', ([text, milliseconds]) => {
    expect(parseDuration(text)).toEqual({ok: true, value: milliseconds})
  })

  test.for([
    '',
    ' 1h',
    '1h ',
    '1 h',
    '-1h',
    '+1h',
    '1x',
    '1y',
    'h',
    '1.h',
    '1..5h',
    '1h30',
    '1h1h',
    '1.5',
    '01',
    '1e3s',
  ])('refuses %j', (text) => {
    const shown = /^\S+$/.test(text) ? text : JSON.stringify(text)
    expect(parseDuration(text)).toEqual({
      ok: false,
      problem: `duration ${shown} is not valid: use e.g. 90s, 10m or 1h30m, or a number of seconds`,
    })
  })

  test('refuses what no number can hold', () => {
    expect(parseDuration('99999999999999999w')).toEqual({
      ok: false,
      problem: 'duration 99999999999999999w is too long: use a shorter one',
    })
  })
})

describe('writing', () => {
  test.for([
    [0, '0s'],
    [0.4, '0s'],
    [1, '1ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1999, '1s'],
    [65_000, '1m5s'],
    [3_600_000, '1h'],
    [3_605_000, '1h5s'],
    [3_725_000, '1h2m5s'],
    [273_600_000, '3d4h'],
    [-65_000, '-1m5s'],
  ] as const)('shows %d milliseconds as %s', ([milliseconds, text]) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  test('is read back to the second', () => {
    holdsFor(integer({min: 0, max: 100_000_000}), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1000))).toEqual({ok: true, value: seconds * 1000})
    })
  })
})
