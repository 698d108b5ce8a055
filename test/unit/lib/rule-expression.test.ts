import {constantFrom, string, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {formatRule, parseRule, parseRules} from '../../../src/lib/rule-expression.js'
import {holdsFor} from './property.js'

describe('one rule', () => {
  test.for([
    ['path=/api/*', 'path', '/api/*'],
    ['PATH=/Api', 'path', '/Api'],
    ['path=*', 'path', '*'],
    ['path=*.php', 'path', '*.php'],
    [`path=/a_b-c.$~"'@:+&?`, 'path', `/a_b-c.$~"'@:+&?`],
    ['host=example.com', 'host', 'example.com'],
    ['Host=*.Example.com', 'host', '*.Example.com'],
    ['host=web-?.eu-1.example.com', 'host', 'web-?.eu-1.example.com'],
  ] as const)('reads %s', ([text, type, value]) => {
    expect(parseRule(text)).toEqual({ok: true, value: {type, value}})
  })

  const pathCharacters = `use letters, digits, _ - . $ / ~ " ' @ : + & and the wildcards * and ?`
  const hostCharacters = 'use letters, digits, - . and the wildcards * and ?, without scheme, port or path'
  test.for([
    ['/api/*', 'rule /api/* has no "=": use path=/api/* or host=example.com'],
    ['', 'rule "" has no "=": use path=/api/* or host=example.com'],
    ['hostname=x', 'rule type hostname in hostname=x is not valid: use path or host'],
    ['hosting=x', 'rule type hosting in hosting=x is not valid: use path or host'],
    ['hostname=', 'rule type hostname in hostname= is not valid: use path or host'],
    ['mypath=/x', 'rule type mypath in mypath=/x is not valid: use path or host'],
    ['=/x', 'rule type "" in =/x is not valid: use path or host'],
    [' path=/x', 'rule type " path" in " path=/x" is not valid: use path or host'],
    ['path=', 'rule path= has no value: use path=/api/*'],
    ['host=', 'rule host= has no value: use host=example.com'],
    ['path=api', 'path api in rule path=api does not start with / or *: use /api'],
    ['path=?x', 'path ?x in rule path=?x does not start with / or *: use /?x'],
    ['path=/a b', `path "/a b" in rule "path=/a b" has a character that AWS does not take: ${pathCharacters}`],
    ['path=/a=b', `path /a=b in rule path=/a=b has a character that AWS does not take: ${pathCharacters}`],
    ['path=/é', `path /é in rule path=/é has a character that AWS does not take: ${pathCharacters}`],
    ['path=/x\n', `path "/x\\n" in rule "path=/x\\n" has a character that AWS does not take: ${pathCharacters}`],
    [
      'path=/a,/b',
      'rule path=/a,/b has a comma in its value: give each value a rule of its own, --rule path=/a --rule path=/b',
    ],
    [
      'path=/a, host=b.com',
      'rule "path=/a, host=b.com" has a comma in its value: ' +
        'give each value a rule of its own, --rule path=/a --rule host=b.com',
    ],
    ['path=,', 'rule path=, has a comma in its value: leave it out'],
    [`path=/${'a'.repeat(128)}`, `rule path=/${'a'.repeat(128)} has a value of 129 characters: use at most 128`],
    ['path=/*/*/*/*/?/?/?', 'rule path=/*/*/*/*/?/?/? has too many wildcards: use at most 6 of * and ?'],
    [
      'host=https://a.com',
      `host https://a.com in rule host=https://a.com has a character that AWS does not take: ${hostCharacters}`,
    ],
    ['host=a_b.com', `host a_b.com in rule host=a_b.com has a character that AWS does not take: ${hostCharacters}`],
    ['host=localhost', 'host localhost in rule host=localhost has no dot: use a name such as example.com'],
    [
      'host=a..com',
      'host a..com in rule host=a..com has an empty label, or one with a hyphen at its start or end: use example.com',
    ],
    [
      'host=example.com.',
      'host example.com. in rule host=example.com. has an empty label, ' +
        'or one with a hyphen at its start or end: use example.com',
    ],
    [
      'host=-a.com',
      'host -a.com in rule host=-a.com has an empty label, or one with a hyphen at its start or end: use example.com',
    ],
    [
      'host=example.*',
      'host example.* in rule host=example.* has other characters than letters after its last dot: ' +
        'use e.g. *.example.com',
    ],
    [
      'host=10.0.0.1',
      'host 10.0.0.1 in rule host=10.0.0.1 has other characters than letters after its last dot: ' +
        'use e.g. *.example.com',
    ],
  ] as const)('refuses %j', ([text, problem]) => {
    expect(parseRule(text)).toEqual({ok: false, problem})
  })

  test('takes a value of 128 characters', () => {
    expect(parseRule(`path=/${'a'.repeat(127)}`).ok).toBe(true)
  })

  test('reads back every rule that it accepts', () => {
    const start = constantFrom('path=/', 'host=a.', 'PATH=*', 'path', '')
    holdsFor(tuple(start, string()), (parts) => {
      const rule = parseRule(parts.join(''))
      if (rule.ok) expect(parseRule(formatRule(rule.value))).toEqual(rule)
    })
  })
})

describe('a list of rules', () => {
  test('keeps their order', () => {
    expect(parseRules(['host=b.com', 'path=/a'])).toEqual({
      ok: true,
      value: [
        {type: 'host', value: 'b.com'},
        {type: 'path', value: '/a'},
      ],
    })
  })

  test('refuses one that is there already, with hosts compared without case', () => {
    expect(parseRules(['host=b.com', 'HOST=B.com'])).toEqual({
      ok: false,
      problem: 'rule host=B.com is given more than once: give each rule once',
    })
    expect(parseRules(['path=/a', 'path=/A']).ok).toBe(true)
  })

  test('tells what is wrong with each', () => {
    expect(parseRules(['path=', 'path=/a', 'x'])).toEqual({
      ok: false,
      problem: 'rule path= has no value: use path=/api/*; rule x has no "=": use path=/api/* or host=example.com',
    })
  })
})
