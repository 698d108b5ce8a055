import {array, string} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseCommand} from '../../../src/lib/command-line.js'
import {parseCsvRecord} from '../../../src/lib/csv-record.js'
import {holdsFor} from './property.js'

describe('one value', () => {
  test.for([
    ['npm start', ['npm', 'start']],
    ['  npm \t start\n', ['npm', 'start']],
    [`sh -c 'echo "a b" && date'`, ['sh', '-c', 'echo "a b" && date']],
    ['sh -c "echo \'a b\'; date"', ['sh', '-c', "echo 'a b'; date"]],
    ['echo "a \\"b\\" \\$c \\\\ \\d"', ['echo', 'a "b" $c \\ \\d']],
    ["echo 'a\\b'", ['echo', 'a\\b']],
    ['echo a\\ b\\"c', ['echo', 'a b"c']],
    [`echo a'b'"c"d`, ['echo', 'abcd']],
    [`echo '' ""`, ['echo', '', '']],
    ['echo a \\\n  b', ['echo', 'a', 'b']],
    ['echo a\\\nb', ['echo', 'ab']],
    ['echo a \\\n', ['echo', 'a']],
    ['echo a\\ ', ['echo', 'a ']],
    ['curl http://x/?a=1&b=2', ['curl', 'http://x/?a=1&b=2']],
    ['echo $HOME *', ['echo', '$HOME', '*']],
    [`test '&&' "|"`, ['test', '&&', '|']],
    ['["npm", "run", "a b"]', ['npm', 'run', 'a b']],
    [' ["x"]', ['x']],
    ['sh -c [', ['sh', '-c', '[']],
  ] as const)('%j is %j', ([text, words]) => {
    expect(parseCommand([text])).toEqual({ok: true, value: words})
  })

  const shell = `which only a shell understands: give it to a shell, e.g. '["sh", "-c", "…"]'`
  const json = 'starts with [ and is no JSON array of texts: use e.g. ["npm", "start"]'
  const close = 'close it or escape it with a backslash'
  test.for([
    ['', 'command "" is empty: name a program'],
    ['  ', 'command "  " is empty: name a program'],
    ['[]', 'command [] is empty: name a program'],
    [`echo 'a`, `command "echo 'a" has a ' without its pair: ${close}`],
    ['echo "a', `command "echo \\"a" has a " without its pair: ${close}`],
    ['echo a"b', `command "echo a\\"b" has a " without its pair: ${close}`],
    ["it's", `command it's has a ' without its pair: ${close}`],
    ['echo \\', `command "echo \\\\" has a backslash at its end: ${close}`],
    ['npm run a && npm run b', `command "npm run a && npm run b" has &&, ${shell}`],
    ['a | b', `command "a | b" has |, ${shell}`],
    ['a > b', `command "a > b" has >, ${shell}`],
    ['a 2>&1', `command "a 2>&1" has 2>&1, ${shell}`],
    ['a ;', `command "a ;" has ;, ${shell}`],
    ['["a", 1]', `command "[\\"a\\", 1]" ${json}`],
    ['["a"', `command [\\"a\\" ${json}`.replaceAll('\\"', '"')],
    ['[ -f x ]', `command "[ -f x ]" ${json}`],
  ] as const)('%j is refused', ([text, problem]) => {
    expect(parseCommand([text])).toEqual({ok: false, problem})
  })

  test('is read back from JSON and from quotes', () => {
    holdsFor(array(string(), {minLength: 1}), (words) => {
      expect(parseCommand([JSON.stringify(words)])).toEqual({ok: true, value: words})
      const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
      expect(parseCommand([quoted])).toEqual({ok: true, value: words})
    })
  })
})

test('several values are the arguments', () => {
  expect(parseCommand(['sh', '-c', "it's && [fine"])).toEqual({ok: true, value: ['sh', '-c', "it's && [fine"]})
})

test('no value is no command', () => {
  expect(parseCommand([])).toEqual({ok: false, problem: 'command "" is empty: name a program'})
})

describe('a list in the style of the Go CLI', () => {
  test.for([
    ['sh,-c,"echo a,b"', ['sh', '-c', 'echo a,b']],
    ['"sh","-c","echo a,b"', ['sh', '-c', 'echo a,b']],
    ['"say ""hi"""', ['say "hi"']],
    ['a', ['a']],
    ['', ['']],
    ['a,,b,', ['a', '', 'b', '']],
    [' a, b', [' a', ' b']],
  ] as const)('%j is %j', ([text, fields]) => {
    expect(parseCsvRecord(text)).toEqual({ok: true, value: fields})
  })

  test.for(['a"b', '"a', '"a"b', 'a,"b"c', '"a" ,b'])('%j is refused', (text) => {
    const shown = /^\S+$/.test(text) ? text : JSON.stringify(text)
    expect(parseCsvRecord(text)).toEqual({
      ok: false,
      problem: `list ${shown} has a quote in the wrong place: put the whole item in quotes and double those in it`,
    })
  })

  test('is read back from quoted fields', () => {
    holdsFor(array(string(), {minLength: 1}), (fields) => {
      const line = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')
      expect(parseCsvRecord(line)).toEqual({ok: true, value: fields})
    })
  })
})
