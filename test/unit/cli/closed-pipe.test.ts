import {EventEmitter} from 'node:events'
import {expect, test, vi} from 'vitest'
import {endOnClosedPipe} from '../../../src/cli/closed-pipe.js'

function guarded(exitCode?: number) {
  const source = {stdout: new EventEmitter(), stderr: new EventEmitter(), exit: vi.fn(), exitCode}
  endOnClosedPipe(source)
  return source
}

const closed = Object.assign(new Error('write EPIPE'), {code: 'EPIPE'})

test('ends without failure when nobody reads standard output', () => {
  const source = guarded()

  source.stdout.emit('error', closed)

  expect(source.exit).toHaveBeenCalledExactlyOnceWith(0)
})

test('keeps an exit code that is already decided', () => {
  const source = guarded(6)

  source.stdout.emit('error', closed)

  expect(source.exit).toHaveBeenCalledExactlyOnceWith(6)
})

test('goes on when nobody reads standard error', () => {
  const source = guarded()

  source.stderr.emit('error', closed)

  expect(source.exit).not.toHaveBeenCalled()
})

test('passes other errors on', () => {
  const full = Object.assign(new Error('write ENOSPC'), {code: 'ENOSPC'})

  expect(() => guarded().stdout.emit('error', full)).toThrow(full)
})
