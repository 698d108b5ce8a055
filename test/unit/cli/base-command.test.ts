import {Errors} from '@oclif/core'
import {afterEach, expect, test, vi} from 'vitest'
import {BaseCommand} from '../../../src/cli/base-command.js'
import {isReported} from '../../../src/cli/reported.js'
import {AwsError, DeploymentError} from '../../../src/errors/errors.js'
import {runCommand} from '../../helpers/run-command.js'

/** A command whose work is `work`. */
function probe(work: (command: {interruptions(): {readonly signal: AbortSignal}}) => unknown) {
  return class Probe extends BaseCommand<object> {
    async run(): Promise<object> {
      const {flags} = await this.parse(Probe)
      this.output(flags).result('the answer')
      return (await work(this as never)) as object
    }
  }
}

const failing = probe(() => {
  throw new AwsError('SERVICE_NOT_FOUND', 'no service web in cluster fargate', {
    hints: ['fargate service list', 'fargate service create web'],
    details: {service: 'web'},
  })
})

const broken = probe(() => {
  throw new TypeError('x is not a function')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

test('prints the result as text, or as the one document on standard output', async () => {
  const Command = probe(() => ({name: 'web'}))

  expect(await runCommand(Command, [])).toMatchObject({stdout: 'the answer\n', stderr: ''})
  expect(await runCommand(Command, ['--json'])).toMatchObject({stdout: '{\n  "name": "web"\n}\n', stderr: ''})
})

test.each(['FARGATE_JSON', 'FARGATE_CONTENT_TYPE'])('prints the document with %s in the environment', async (name) => {
  vi.stubEnv(name, name === 'FARGATE_JSON' ? '1' : 'json')

  expect(
    (
      await runCommand(
        probe(() => ({name: 'web'})),
        [],
      )
    ).stdout,
  ).toBe('{\n  "name": "web"\n}\n')
})

test('shows a failure with its hints last, and passes on its exit code', async () => {
  const {error, stdout, stderr} = await runCommand(failing, [])

  expect(stdout).toBe('the answer\n')
  expect(stderr).toBe(
    'Error: no service web in cluster fargate\nTry: fargate service list\nTry: fargate service create web\n',
  )
  expect(error).toMatchObject({exitCode: 5, oclif: {exit: 5}})
  expect(isReported(error)).toBe(true)
})

test('shows a failure as a document with --json', async () => {
  const {error, stdout, stderr} = await runCommand(failing, ['--json'])

  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'SERVICE_NOT_FOUND',
      message: 'no service web in cluster fargate',
      hints: ['fargate service list', 'fargate service create web'],
      details: {service: 'web'},
    },
  })
  expect(stderr).toBe('')
  expect(error).toMatchObject({exitCode: 5})
})

test('says that an unknown error is a bug, and keeps its stack for --verbose', async () => {
  const {error, stderr} = await runCommand(broken, [])

  expect(error).toMatchObject({code: 'UNEXPECTED', exitCode: 1})
  expect(stderr).toBe(
    'Error: TypeError: x is not a function\n' +
      'This is a bug in fargate, not a mistake of yours\n' +
      'Try: run it again with --verbose and report what it prints\n',
  )
  expect((await runCommand(broken, ['-v'])).stderr).toMatch(/ {4}at .*base-command\.test\.ts/)
})

test('shows no stack of a failure that is no bug', async () => {
  expect((await runCommand(failing, ['--verbose'])).stderr).not.toContain('    at ')
})

test('passes an exit of oclif on without a word', async () => {
  const {error, stderr} = await runCommand(
    probe(() => {
      throw new Errors.ExitError(0)
    }),
    [],
  )

  expect(error).toBeInstanceOf(Errors.ExitError)
  expect(stderr).toBe('')
})

test('ends as cancelled after an interruption', async () => {
  const {error, stderr} = await runCommand(
    probe(async (command) => {
      const {signal} = command.interruptions()
      process.emit('SIGINT')
      signal.throwIfAborted()
    }),
    [],
  )

  expect(error).toMatchObject({code: 'CANCELLED', exitCode: 130})
  expect(stderr).toBe('Error: cancelled\n')
})

test('keeps what a failure says about itself after an interruption', async () => {
  const {error} = await runCommand(
    probe(async (command) => {
      command.interruptions()
      process.emit('SIGINT')
      throw new DeploymentError('ROLLED_BACK', 'rolled back')
    }),
    [],
  )

  expect(error).toMatchObject({code: 'ROLLED_BACK', exitCode: 6})
})

test('gives the signals back at the end', async () => {
  const before = process.listenerCount('SIGINT')

  await runCommand(
    probe((command) => command.interruptions()),
    [],
  )

  expect(process.listenerCount('SIGINT')).toBe(before)
})
