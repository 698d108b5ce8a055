import {expect, test} from 'vitest'
import {CancelledError} from '../../../src/errors/errors.js'
import {programFailure} from '../../../src/process/failure.js'
import {ProcessError} from '../../../src/process/runner.js'

test('gives a failure of the program to its adapter', () => {
  const error = new ProcessError({command: ['docker'], reason: 'exited', exitCode: 1})

  expect(programFailure(error, 'building')).toBe(error)
})

test('turns a stop by the user into a cancelled command', () => {
  const error = new ProcessError({command: ['docker'], reason: 'cancelled'})

  expect(() => programFailure(error, 'building the image')).toThrow(
    new CancelledError('CANCELLED', 'Cancelled while building the image'),
  )
})

test('lets a defect through', () => {
  const defect = new TypeError('a defect')

  expect(() => programFailure(defect, 'building')).toThrow(defect)
})
