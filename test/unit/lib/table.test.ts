import {describe, expect, test} from 'vitest'
import {formatBlock, formatTable} from '../../../src/lib/table.js'
import {padText, textWidth} from '../../../src/lib/text-width.js'

describe('the width of a text', () => {
  test.for([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['한글', 4],
    ['ｆｕ', 4],
    ['🚀', 2],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['✓', 1],
    ['…', 1],
    ['\u200b', 0],
    ['\u001b[31mred\u001b[0m', 3],
    ['\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\', 4],
  ] as const)('%j takes %i columns', ([text, width]) => {
    expect(textWidth(text)).toBe(width)
  })

  test('is what spaces fill up', () => {
    expect(padText('日本', 6)).toBe('日本  ')
    expect(padText('abc', 2)).toBe('abc')
  })
})

describe('a table', () => {
  test('has aligned columns and no space at the end of a line', () => {
    const table = formatTable(
      ['NAME', 'IMAGE', 'CPU'],
      [
        ['web', 'web:1', '256'],
        ['a-longer-name', 'x', ''],
        ['日本', '\u001b[31mred\u001b[0m', '1'],
      ],
    )

    expect(table.split('\n')).toEqual([
      'NAME           IMAGE  CPU',
      'web            web:1  256',
      'a-longer-name  x',
      '日本           \u001b[31mred\u001b[0m    1',
    ])
  })

  test('has its headers when it has no rows', () => {
    expect(formatTable(['NAME', 'CPU'], [])).toBe('NAME  CPU')
  })

  test('has an empty cell where a row ends early', () => {
    expect(formatTable(['A', 'B'], [['1'], []])).toBe('A  B\n1\n')
  })

  test('keeps a cell in one line', () => {
    expect(formatTable(['A', 'B'], [['1\r\n  2', '3']])).toBe('A    B\n1 2  3')
  })
})

describe('a block', () => {
  test('aligns values, and puts what takes several lines below its label', () => {
    const block = formatBlock([
      {label: 'Service Name', value: 'web'},
      {
        label: 'Status',
        value: [
          {label: 'Desired', value: '2'},
          {label: 'Up', value: '1'},
          {label: 'Ports', value: [{label: 'HTTP:80', value: ['Rules', '10  path=/']}]},
        ],
      },
      {label: 'Cpu', value: '256'},
      {label: 'Events', value: 'first\nsecond'},
      {label: 'Task Role', value: ''},
    ])

    expect(block.split('\n')).toEqual([
      'Service Name:  web',
      'Status:',
      '  Desired:  2',
      '  Up:       1',
      '  Ports:',
      '    HTTP:80:',
      '      Rules',
      '      10  path=/',
      'Cpu:           256',
      'Events:',
      '  first',
      '  second',
      'Task Role:',
    ])
  })

  test('is empty without entries', () => {
    expect(formatBlock([])).toBe('')
  })
})
