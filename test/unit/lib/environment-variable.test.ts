import {string, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  environmentNameProblem,
  mergeEnvironment,
  parseEnvironmentNames,
  parseEnvironmentVariable,
  parseEnvironmentVariables,
} from '../../../src/lib/environment-variable.js'
import {holdsFor} from './property.js'

describe('one variable', () => {
  test.for([
    ['KEY=value', 'KEY', 'value'],
    ['key=value', 'key', 'value'],
    ['KEY=', 'KEY', ''],
    ['KEY=a=b', 'KEY', 'a=b'],
    ['X=a,b', 'X', 'a,b'],
    ['JSON={"a":1}', 'JSON', '{"a":1}'],
    ['KEY= spaced ', 'KEY', ' spaced '],
    ['KEY=two\nlines', 'KEY', 'two\nlines'],
    ['spring.profiles-active=x', 'spring.profiles-active', 'x'],
    ['1KEY=x', '1KEY', 'x'],
    ['KÉY=x', 'KÉY', 'x'],
  ] as const)('%j is kept as it is', ([text, name, value]) => {
    expect(parseEnvironmentVariable(text)).toEqual({ok: true, value: {name, value}})
  })

  const rule = 'has a space, a control character or "=": use a name such as LOG_LEVEL'
  test.for([
    ['KEY', 'environment variable KEY has no "=": use KEY=value'],
    ['', 'environment variable "" has no "=": use KEY=value'],
    ['=x', 'an environment variable has no name before "=": use KEY=value'],
    ['MY KEY=x', `environment variable name "MY KEY" ${rule}`],
    [' KEY=x', `environment variable name " KEY" ${rule}`],
    ['KEY\t=x', `environment variable name "KEY\\t" ${rule}`],
    ['K\0=x', `environment variable name "K\\u0000" ${rule}`],
    ['KEY=hidden\0', 'environment variable KEY has a NUL character in its value: leave it out'],
  ] as const)('%j is refused', ([text, problem]) => {
    expect(parseEnvironmentVariable(text)).toEqual({ok: false, problem})
  })

  test('is read back from its name and value', () => {
    holdsFor(tuple(string(), string()), ([name, value]) => {
      const parsed = parseEnvironmentVariable(`${name}=${value}`)
      if (environmentNameProblem(name) === undefined) expect(parsed).toEqual({ok: true, value: {name, value}})
      else if (!name.includes('=')) expect(parsed.ok).toBe(false)
    })
  })
})

describe('several variables', () => {
  test('keep the last value of a key, at its first place', () => {
    expect(parseEnvironmentVariables(['A=1', 'B=2', 'A=3', 'a=4'])).toEqual({
      ok: true,
      value: [
        {name: 'A', value: '3'},
        {name: 'B', value: '2'},
        {name: 'a', value: '4'},
      ],
    })
  })

  test('tell every problem', () => {
    expect(parseEnvironmentVariables(['A', 'B=1', 'C'])).toEqual({
      ok: false,
      problem: 'environment variable A has no "=": use KEY=value; environment variable C has no "=": use KEY=value',
    })
  })

  test('are joined, with later lists first in rank', () => {
    const before = [
      {name: 'A', value: '1'},
      {name: 'B', value: '2'},
    ]
    expect(mergeEnvironment(before, [{name: 'B', value: '3'}], [{name: 'C', value: '4'}])).toEqual([
      {name: 'A', value: '1'},
      {name: 'B', value: '3'},
      {name: 'C', value: '4'},
    ])
  })
})

test('names to unset keep their case and come once', () => {
  expect(parseEnvironmentNames(['A', 'a', 'A'])).toEqual({ok: true, value: ['A', 'a']})
  expect(parseEnvironmentNames(['A=1'])).toEqual({
    ok: false,
    problem: 'environment variable name A=1 has a space, a control character or "=": use a name such as LOG_LEVEL',
  })
})
