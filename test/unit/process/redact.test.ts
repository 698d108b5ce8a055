import {inspect} from 'node:util'
import {expect, test} from 'vitest'
import {redact, redactFailure} from '../../../src/process/redact.js'
import {ProcessError} from '../../../src/process/runner.js'

test.each([
  {text: 'a secret and a secret', secrets: ['secret'], redacted: 'a *** and a ***'},
  {text: 'a.b', secrets: ['.'], redacted: 'a***b'},
  {text: 'untouched', secrets: [''], redacted: 'untouched'},
])('hides $secrets in "$text"', ({text, secrets, redacted}) => {
  expect(redact(text, secrets)).toBe(redacted)
})

test('hides secrets everywhere in a failure', () => {
  const failure = new ProcessError({
    command: ['login', 'hunter2'],
    reason: 'exited',
    exitCode: 7,
    stdout: 'got hunter2',
    stderr: 'bad hunter2',
    cause: new Error('hunter2'),
  })

  const redacted = redactFailure(failure, ['hunter2'])

  expect(inspect(redacted)).not.toContain('hunter2')
  expect(redacted).toMatchObject({reason: 'exited', exitCode: 7, stdout: 'got ***', stderr: 'bad ***'})
})
