import {expect, test} from 'vitest'
import {shellText, splitShellLine} from '../../../../src/cli/completion/shell-line.js'

test.each([
  ['fargate service in', ['fargate', 'service'], 'in', 0, ''],
  ['fargate service ', ['fargate', 'service'], '', 0, ''],
  ['fargate --cluster=pro', ['fargate'], '--cluster=pro', 10, ''],
  ['fargate "a b" \'c d', ['fargate', 'a b'], 'c d', 0, "'"],
  ['fargate --rule="path=/', ['fargate'], '--rule=path=/', 7, '"'],
  ['fargate a\\ b', ['fargate'], 'a b', 0, ''],
  ['fargate "a\\"b\\c"', ['fargate'], 'a"b\\c', 5, ''],
  ['fargate service:web', ['fargate'], 'service:web', 8, ''],
])('takes %j apart as bash does', (line, words, word, kept, quote) => {
  expect(splitShellLine(line, ' "\'=:')).toEqual({words, word, kept, quote})
})

test.each([
  ['web-1', '', 'web-1'],
  ['*.example.com', '', '\\*.example.com'],
  ['*.example.com', "'", '*.example.com'],
  ["it's", "'", undefined],
  ['$a', '"', '\\$a'],
] as const)('writes %j within the quote %j as %j', (text, quote, written) => {
  expect(shellText(text, quote)).toBe(written)
})
