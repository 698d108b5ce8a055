import {expect, test} from 'vitest'
import {logEventDocument, renderLogLines} from '../../../../src/cli/render/log-events.js'

const event = (message: string) => ({
  id: '1',
  stream: 'fargate/web/a',
  timestamp: Date.UTC(2026, 10, 23, 4, 5, 6, 789),
  message,
})
const plain = {timestamps: false, paintStream: (stream: string) => stream}

test('shows each event behind its stream, without the line break that ends it', () => {
  expect(renderLogLines([event('one\n'), event('two\r\n'), event('  indented')], plain)).toBe(
    'fargate/web/a one\nfargate/web/a two\nfargate/web/a   indented',
  )
})

test('keeps line breaks within a message', () => {
  expect(renderLogLines([event('Error\n  at main\n')], plain)).toBe('fargate/web/a Error\n  at main')
})

test('starts with the time where it is asked for', () => {
  expect(renderLogLines([event('one')], {...plain, timestamps: true})).toBe(
    '2026-11-23T04:05:06.789Z fargate/web/a one',
  )
})

test('colors the stream alone', () => {
  expect(renderLogLines([event('one')], {...plain, paintStream: (stream) => `<${stream}>`})).toBe('<fargate/web/a> one')
})

test('has times as ISO 8601 in the document', () => {
  expect(JSON.parse(JSON.stringify(logEventDocument(event('one'))))).toEqual({
    id: '1',
    timestamp: '2026-11-23T04:05:06.789Z',
    stream: 'fargate/web/a',
    message: 'one',
  })
})
