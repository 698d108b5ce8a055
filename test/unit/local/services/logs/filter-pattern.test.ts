import {describe, expect, test} from 'vitest'
import {parseFilterPattern} from '../../../../../src/local/services/logs/filter-pattern.js'

const messages = [
  '[ERROR 400] BAD REQUEST',
  '[ERROR 419] MISSING ARGUMENTS',
  '[WARN 300] SLOW "disk" REQUEST',
  'all is well',
]

const matching = (pattern: string, lines: readonly string[]) => {
  const matches = parseFilterPattern(pattern)
  return lines.flatMap((line, index) => (matches(line) ? [index] : []))
}

describe('terms', () => {
  test.each<[string, number[]]>([
    ['', [0, 1, 2, 3]],
    ['   ', [0, 1, 2, 3]],
    ['ERROR', [0, 1]],
    ['error', []],
    ['ERROR REQUEST', [0]],
    ['ERROR -REQUEST', [1]],
    ['-ERROR -WARN', [3]],
    ['?well ?WARN', [2, 3]],
    ['?well ?ERROR -419', [0, 3]],
    ['REQUEST ?nothing', [0, 2]],
    ['"BAD REQUEST"', [0]],
    ['"ERROR 4" ARGUMENTS', [1]],
    ['-"BAD REQUEST" ERROR', [1]],
    ['?"BAD REQUEST" ?"is well"', [0, 3]],
    ['"\\"disk\\""', [2]],
    ['%4[01]\\d%', [0, 1]],
    ['%^all|DISK% is', [3]],
  ])('%s', (pattern, indexes) => {
    expect(matching(pattern, messages)).toEqual(indexes)
  })
})

describe('JSON', () => {
  const documents = [
    '{"level": "error", "status": 500, "user": {"name": "ann"}, "tags": ["a", "b"], "retry": true, "cause": null}',
    '{"level": "info", "status": 200, "user": {"name": "anton"}, "my key": "x", "retry": false}',
    '{"level": "warn", "status": 404}',
    'level error',
    '{broken',
    '["error"]',
  ]

  test.each<[string, number[]]>([
    ['{$.level = "error"}', [0]],
    ['{ $.level = error }', [0]],
    ['{ $.level != "error" }', [1, 2]],
    ['{ $.status = 500 }', [0]],
    ['{ $.status = 5e2 }', [0]],
    ['{ $.status = 4* }', [2]],
    ['{ $.status >= 404 }', [0, 2]],
    ['{ $.status < 404 }', [1]],
    ['{ $.status > 404 || $.status <= 200 }', [0, 1]],
    ['{ $.user.name = "an*" }', [0, 1]],
    ['{ $.user.name = "an*" && $.retry IS TRUE }', [0]],
    ['{ ($.status = 200 || $.status = 404) && $.level != "info" }', [2]],
    ['{ $.status = 404 || $.status = 200 && $.level = "error" }', [2]],
    ['{ $.tags[1] = "b" }', [0]],
    ['{ $[\'my key\'] = "x" }', [1]],
    ['{ $.retry IS FALSE }', [1]],
    ['{ $.cause IS NULL }', [0]],
    ['{ $.user NOT EXISTS }', [2, 5]],
    ['{ $.missing = "x" }', []],
    ['{ $.missing != "x" }', []],
    ['{ $.level = "*" }', [0, 1, 2]],
    ['{ $.level = "err.r" }', []],
  ])('%s', (pattern, indexes) => {
    expect(matching(pattern, documents)).toEqual(indexes)
  })
})

test.each([
  'a-b',
  'a/b',
  '"unclosed',
  '%[%',
  '{ $.level = "error"',
  '{ level = "error" }',
  '{ $.level }',
  '{ $.level = }',
  '{ $.level > "error" }',
  '{ $.level IS GREEN }',
  '{ ($.level = "a" }',
  '{ $.level = "a" && }',
  '{ $.level = "a" "b" }',
  '{}',
])('%s cannot be read', (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow('Invalid filter pattern')
})
