import {EventEmitter} from 'node:events'
import {expect, test, vi} from 'vitest'
import {watchInterruptions} from '../../../src/cli/interruption.js'

const fakeProcess = () => Object.assign(new EventEmitter(), {exit: vi.fn()})

test.each(['SIGINT', 'SIGTERM'])('aborts at the first %s and ends at once at the second', (name) => {
  const source = fakeProcess()
  const {signal} = watchInterruptions(source)
  expect(signal.aborted).toBe(false)

  source.emit(name)
  expect(signal.aborted).toBe(true)
  expect(source.exit).not.toHaveBeenCalled()

  source.emit('SIGINT')
  expect(source.exit).toHaveBeenCalledExactlyOnceWith(130)
})

test('gives the signals back', () => {
  const source = fakeProcess()

  watchInterruptions(source).stop()

  expect(source.eventNames()).toEqual([])
})
