import {expect, test} from 'vitest'
import {createMemoryOutput} from '../../../src/output/memory.js'

test('keeps everything in order', async () => {
  const output = createMemoryOutput()

  output.result('r')
  output.warn('w')
  await output.step('Scaling', async (progress) => {
    progress.update('1')
    progress.log('event')
  })

  expect(output.records).toEqual([
    {kind: 'result', text: 'r'},
    {kind: 'warn', text: 'w'},
    {kind: 'start', text: 'Scaling'},
    {kind: 'update', text: '1'},
    {kind: 'log', text: 'event'},
    {kind: 'done', text: 'Scaling'},
  ])
  expect(output.texts('warn')).toEqual(['w'])
})

test('marks a failed step', async () => {
  const output = createMemoryOutput()

  await expect(output.step('Scaling', () => Promise.reject(new Error('no')))).rejects.toThrow('no')

  expect(output.texts('failed')).toEqual(['Scaling'])
})

test('gives its answers in order and fails where there is none left', async () => {
  const output = createMemoryOutput([true, false])

  expect(output.interactive).toBe(true)
  expect([await output.confirm('a?'), await output.confirm('b?')]).toEqual([true, false])
  await expect(output.confirm('c?')).rejects.toThrow('nobody answers: c?')
})
