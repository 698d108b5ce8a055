import {expect, test} from 'vitest'
import {createLineSplitter} from '../../../src/process/line-splitter.js'

function linesOf(chunks: readonly string[], maximumLength?: number): string[] {
  const lines: string[] = []
  const splitter = createLineSplitter((line) => lines.push(line), maximumLength)
  for (const chunk of chunks) splitter.write(chunk)
  splitter.end()
  return lines
}

test.each([
  {name: 'whole lines', chunks: ['a\nb\n'], lines: ['a', 'b']},
  {name: 'a line cut in two', chunks: ['a', 'b\nc\n'], lines: ['ab', 'c']},
  {name: 'a last line without an end', chunks: ['a\nb'], lines: ['a', 'b']},
  {name: 'progress redrawn by carriage returns', chunks: ['10%\r', '20%\r', 'done\n'], lines: ['10%', '20%', 'done']},
  {name: 'CR LF', chunks: ['a\r\nb\r\n'], lines: ['a', 'b']},
  {name: 'CR LF cut in two', chunks: ['a\r', '\nb'], lines: ['a', 'b']},
  {name: 'an empty line', chunks: ['a\n\nb\n'], lines: ['a', '', 'b']},
  {name: 'nothing', chunks: [], lines: []},
])('delivers $name', ({chunks, lines}) => {
  expect(linesOf(chunks)).toEqual(lines)
})

test('delivers a progress line before the next one comes', () => {
  const lines: string[] = []

  createLineSplitter((line) => lines.push(line)).write('10%\r')

  expect(lines).toEqual(['10%'])
})

test('delivers an endless line in pieces', () => {
  expect(linesOf(['abcdefgh', 'ij\nk'], 3)).toEqual(['abc', 'def', 'ghij', 'k'])
})
