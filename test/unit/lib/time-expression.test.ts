import {date} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseTime, parseTimeRange} from '../../../src/lib/time-expression.js'
import {zoneOffsetMinutes} from '../../../src/lib/time-zones.js'
import {holdsFor} from './property.js'

const now = Date.UTC(2018, 7, 20, 12, 0, 0)
const iso = (text: string) => {
  const time = parseTime(text, now)
  return time.ok ? new Date(time.value).toISOString() : time.problem
}

describe('a time relative to now', () => {
  test.for([
    ['now', '2018-08-20T12:00:00.000Z'],
    ['NOW', '2018-08-20T12:00:00.000Z'],
    ['0', '2018-08-20T12:00:00.000Z'],
    ['-1h10m30s', '2018-08-20T10:49:30.000Z'],
    ['1h', '2018-08-20T11:00:00.000Z'],
    ['-1h', '2018-08-20T11:00:00.000Z'],
    ['+1h', '2018-08-20T13:00:00.000Z'],
    ['1.5h', '2018-08-20T10:30:00.000Z'],
    ['-1H', '2018-08-20T11:00:00.000Z'],
    ['2d', '2018-08-18T12:00:00.000Z'],
    ['1w', '2018-08-13T12:00:00.000Z'],
    ['-500ms', '2018-08-20T11:59:59.500Z'],
    ['400us', '2018-08-20T12:00:00.000Z'],
    ['-2000000ns', '2018-08-20T11:59:59.998Z'],
  ] as const)('%s is %s', ([text, expected]) => {
    expect(iso(text)).toBe(expected)
  })
})

describe('a time on the calendar', () => {
  test.for([
    ['2018-01-01', '2018-01-01T00:00:00.000Z'],
    ['2018-01-01 09:36:00', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01 9:36:00', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01 09:36', '2018-01-01T09:36:00.000Z'],
    [' 2018-01-01 09:36:00 ', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01 09:36:00 UTC', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01 09:36:00 EST', '2018-01-01T14:36:00.000Z'],
    ['2018-07-01 09:36:00 edt', '2018-07-01T13:36:00.000Z'],
    ['2018-07-01 09:36:00 PDT', '2018-07-01T16:36:00.000Z'],
    ['2018-01-01 03:00:00 JST', '2017-12-31T18:00:00.000Z'],
    ['2018-01-01 09:36:00 +0100', '2018-01-01T08:36:00.000Z'],
    ['2018-01-01 09:36:00+01:00', '2018-01-01T08:36:00.000Z'],
    ['2018-01-01T09:36:00Z', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01t09:36:00z', '2018-01-01T09:36:00.000Z'],
    ['2018-01-01T09:36:00.5-03', '2018-01-01T12:36:00.500Z'],
    ['2018-01-01T09:36:00.123456789Z', '2018-01-01T09:36:00.123Z'],
    ['2018-01-01 09:36:00 Europe/Berlin', '2018-01-01T08:36:00.000Z'],
    ['2018-07-01 09:36 Europe/Berlin', '2018-07-01T07:36:00.000Z'],
    ['2018-07-01 09:36 america/argentina/buenos_aires', '2018-07-01T12:36:00.000Z'],
    ['2018-03-25 03:00 Europe/Berlin', '2018-03-25T01:00:00.000Z'],
    ['2018-03-25 01:59 Europe/Berlin', '2018-03-25T00:59:00.000Z'],
    ['2018-10-28 04:00 Europe/Berlin', '2018-10-28T03:00:00.000Z'],
    ['2018-01-01 PST', '2018-01-01T08:00:00.000Z'],
    ['2020-02-29', '2020-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
    ['9999-12-31', '9999-12-31T00:00:00.000Z'],
  ] as const)('%s is %s', ([text, expected]) => {
    expect(iso(text)).toBe(expected)
  })

  test('agrees with every ISO date', () => {
    const dates = date({min: new Date(0), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true})
    holdsFor(dates, (moment) => {
      expect(parseTime(moment.toISOString(), now)).toEqual({ok: true, value: moment.getTime()})
    })
  })
})

describe('a text that is no time', () => {
  const forms = 'use e.g. 1h30m (that long ago), 2018-01-31, "2018-01-31 09:36:00", 2018-01-31T09:36:00Z or now'
  test.for([
    ['', `time "" is not valid: ${forms}`],
    ['yesterday', `time yesterday is not valid: ${forms}`],
    ['3y', `time 3y is not valid: ${forms}`],
    ['1h ago', `time "1h ago" is not valid: ${forms}`],
    ['--1h', `time --1h is not valid: ${forms}`],
    ['2018-1-1', `time 2018-1-1 is not valid: ${forms}`],
    ['2018-01-01-05', `time 2018-01-01-05 is not valid: ${forms}`],
    ['2018-01-01 09:36:00 EST x', `time "2018-01-01 09:36:00 EST x" is not valid: ${forms}`],
    ['1514799360', `time 1514799360 has no unit: ${forms}`],
    ['-5', `time -5 has no unit: ${forms}`],
    ['2018-02-30', 'time 2018-02-30 is not valid: that month has days 1 to 28'],
    ['2019-02-29', 'time 2019-02-29 is not valid: that month has days 1 to 28'],
    ['1900-02-29', 'time 1900-02-29 is not valid: that month has days 1 to 28'],
    ['2020-02-30', 'time 2020-02-30 is not valid: that month has days 1 to 29'],
    ['2018-04-31', 'time 2018-04-31 is not valid: that month has days 1 to 30'],
    ['2018-01-00', 'time 2018-01-00 is not valid: that month has days 1 to 31'],
    ['2018-13-01', 'time 2018-13-01 is not valid: month 13 is not from 1 to 12'],
    ['2018-01-01 24:00:00', 'time "2018-01-01 24:00:00" is not valid: hour 24 is not from 0 to 23'],
    ['2018-01-01 09:60:00', 'time "2018-01-01 09:60:00" is not valid: minute 60 is not from 0 to 59'],
    ['2018-01-01 09:36:60', 'time "2018-01-01 09:36:60" is not valid: second 60 is not from 0 to 59'],
    [
      '2018-01-01 09:36:00 XYZ',
      'time zone XYZ in "2018-01-01 09:36:00 XYZ" is not known: use UTC, an offset such as +01:00, or a place such as Europe/Berlin',
    ],
    [
      '2018-01-01T09:36:00+15:00',
      'time zone +15:00 in 2018-01-01T09:36:00+15:00 is not known: use UTC, an offset such as +01:00, or a place such as Europe/Berlin',
    ],
    ['1969-12-31', 'time 1969-12-31 is before 1970: use a later one'],
    ['9999w', 'time 9999w is before 1970: use a later one'],
    ['+99999999999999999999w', 'time +99999999999999999999w is too far ahead: use an earlier one'],
  ] as const)('%j is refused', ([text, problem]) => {
    expect(parseTime(text, now)).toEqual({ok: false, problem})
  })
})

test.for([
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['utc', 0],
  ['GMT', 0],
  ['CET', 60],
  ['CEST', 120],
  ['BST', 60],
  ['JST', 540],
  ['IST', 330],
  ['+0530', 330],
  ['-08:00', -480],
  ['+14', 840],
  ['-00:00', 0],
  ['+1401', undefined],
  ['+1', undefined],
  ['+01:60', undefined],
  ['toString', undefined],
] as const)('zone %s is %j minutes east of UTC', ([zone, minutes]) => {
  expect(zoneOffsetMinutes(zone)).toBe(minutes)
})

describe('a range', () => {
  test('may be open at either end', () => {
    expect(parseTimeRange({}, now)).toEqual({ok: true, value: {}})
    expect(parseTimeRange({start: '1h'}, now)).toEqual({ok: true, value: {startMs: now - 3_600_000}})
    expect(parseTimeRange({end: 'now'}, now)).toEqual({ok: true, value: {endMs: now}})
  })

  test('has its start before its end', () => {
    expect(parseTimeRange({start: '2h', end: '1h'}, now)).toEqual({
      ok: true,
      value: {startMs: now - 7_200_000, endMs: now - 3_600_000},
    })
    expect(parseTimeRange({start: '1h', end: '2h'}, now)).toEqual({
      ok: false,
      problem: 'start 1h is not before end 2h: use an earlier start',
    })
    expect(parseTimeRange({start: 'now', end: 'now'}, now).ok).toBe(false)
  })

  test('tells what is wrong with either end', () => {
    expect(parseTimeRange({start: '5', end: 'now'}, now)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/^time 5 has no unit/),
    })
    expect(parseTimeRange({start: '1h', end: '6'}, now)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/^time 6 has no unit/),
    })
  })
})
