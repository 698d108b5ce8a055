import {expect, test} from 'vitest'
import {createTail, lastLines} from '../../../src/process/tail.js'

test.each([
  {name: 'everything that fits', chunks: ['ab', 'cd'], maximum: 4, text: 'abcd'},
  {name: 'the end of many chunks', chunks: ['ab', 'cd', 'ef'], maximum: 3, text: 'def'},
  {name: 'the end of one chunk', chunks: ['abcdef'], maximum: 2, text: 'ef'},
  {name: 'nothing of nothing', chunks: [], maximum: 2, text: ''},
])('keeps $name', ({chunks, maximum, text}) => {
  const tail = createTail(maximum)
  for (const chunk of chunks) tail.write(chunk)

  expect(tail.text()).toBe(text)
})

test('gives the last lines without the final line end', () => {
  expect(lastLines('a\nb\nc\n', 2)).toBe('b\nc')
})
