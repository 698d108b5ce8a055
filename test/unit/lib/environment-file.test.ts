import {expect, test} from 'vitest'
import {parseEnvironmentFile} from '../../../src/lib/environment-file.js'

const read = (content: string) => parseEnvironmentFile(content, 'app.env')

test('takes lines as docker does', () => {
  const content = [
    '# comment = 1',
    '',
    '  # indented comment',
    'A=1',
    '  B=two words ',
    'C="quoted"',
    "D='single'",
    'E=x # y',
    'F=',
    'G=a=b',
    '   ',
    'A=last',
  ].join('\n')

  expect(read(content)).toEqual({
    ok: true,
    value: [
      {name: 'A', value: 'last'},
      {name: 'B', value: 'two words '},
      {name: 'C', value: '"quoted"'},
      {name: 'D', value: "'single'"},
      {name: 'E', value: 'x # y'},
      {name: 'F', value: ''},
      {name: 'G', value: 'a=b'},
    ],
  })
})

test('takes a file from Windows: a byte order mark and CRLF', () => {
  expect(read('\uFEFFA=1\r\nB=2\r\n')).toEqual({
    ok: true,
    value: [
      {name: 'A', value: '1'},
      {name: 'B', value: '2'},
    ],
  })
})

test('takes an empty file', () => {
  expect(read('')).toEqual({ok: true, value: []})
})

test.for([
  ['A=1\nexport B=2', 'app.env line 2: it starts with "export": leave that word out, the file is no shell script'],
  ['A=1\n\nHOME\n', 'app.env line 3: it has no "=": use KEY=value, with # at the start of a comment'],
  ['KEY =1', 'app.env line 1: it has a space before "=": use KEY=value'],
  ['MY KEY=1', 'app.env line 1: it has a space before "=": use KEY=value'],
  ['=1', 'app.env line 1: an environment variable has no name before "=": use KEY=value'],
] as const)('names the line of %j', ([content, problem]) => {
  expect(read(content)).toEqual({ok: false, problem})
})

test('never shows a line that may be part of a secret', () => {
  const file = read('KEY=-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGtleQ')
  expect(file.ok).toBe(false)
  expect(JSON.stringify(file)).not.toContain('c2VjcmV0')
})

test('takes a name that merely starts with export', () => {
  expect(read('exported=1')).toEqual({ok: true, value: [{name: 'exported', value: '1'}]})
})
