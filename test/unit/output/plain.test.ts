import {expect, test} from 'vitest'
import {UsageError} from '../../../src/errors/errors.js'
import {createPaint} from '../../../src/output/paint.js'
import {createPlainOutput} from '../../../src/output/plain.js'
import {manualTimers, memoryStreams} from '../../helpers/memory-streams.js'

function plain(options: {quiet?: boolean; verbose?: boolean; json?: boolean; colored?: boolean} = {}) {
  const {quiet = false, verbose = false, json = false, colored = false} = options
  const {streams, written, lines} = memoryStreams()
  const {timers, advance, running} = manualTimers()
  const signal = new AbortController().signal
  const output = createPlainOutput({streams, quiet, verbose, json, paint: createPaint(colored), timers, signal})
  return {output, written, lines, advance, running}
}

test('puts the answer on standard output and everything else on standard error', () => {
  const {output, written} = plain({verbose: true})

  output.result('web')
  output.info('started')
  output.warn('old platform')
  output.debug('ecs:DescribeServices 200')

  expect(written).toEqual({stdout: 'web\n', stderr: 'started\nWarning: old platform\necs:DescribeServices 200\n'})
})

test('keeps debug lines to itself without --verbose', () => {
  const {output, written} = plain()

  output.debug('ecs:DescribeServices 200')

  expect(written.stderr).toBe('')
})

test('adds no line to an answer that is empty or ends with one', () => {
  const {output, written} = plain()

  output.result('')
  output.result('a\nb\n')

  expect(written.stdout).toBe('a\nb\n')
})

test('leaves standard output to the JSON document', async () => {
  const {output, written} = plain({json: true})

  output.result('web')
  output.info('started')
  await output.step('Scaling web', async () => undefined)

  expect(written).toEqual({stdout: '', stderr: 'started\nScaling web…\n✓ Scaling web\n'})
})

test('says only the answer and warnings when quiet', async () => {
  const {output, written} = plain({quiet: true})

  output.info('started')
  output.warn('old platform')
  const value = await output.step('Scaling web', async (progress) => {
    progress.update('1 of 2')
    progress.log('an event')
    return 5
  })
  output.result('done')

  expect(value).toBe(5)
  expect(written).toEqual({stdout: 'done\n', stderr: 'Warning: old platform\n'})
})

test('shows the start, the first state and the end of a step', async () => {
  const {output, lines, advance, running} = plain()

  await output.step('Scaling web', async (progress) => {
    progress.update('1 of 2 tasks running')
    progress.log('task 1 started')
    advance(125_000)
  })

  expect(lines().slice(0, 3)).toEqual(['Scaling web…', '  Scaling web: 1 of 2 tasks running', '  task 1 started'])
  expect(lines().at(-1)).toBe('✓ Scaling web (2m5s)')
  expect(running()).toBe(0)
})

test('shows a state once, and at most one every five seconds, the latest one', async () => {
  const {output, lines, advance} = plain()

  await output.step('Scaling web', async (progress) => {
    progress.update('0')
    progress.update('0')
    progress.update('1')
    progress.update('2')
    advance(4_999)
    expect(lines()).toHaveLength(2)
    advance(1)
    progress.update('2')
    advance(10_000)
  })

  expect(lines()).toEqual(['Scaling web…', '  Scaling web: 0', '  Scaling web: 2', '✓ Scaling web (15s)'])
})

test('gives a sign of life in every minute without change', async () => {
  const {output, lines, advance} = plain()

  await output.step('Scaling web', async () => advance(130_000))

  expect(lines()).toEqual([
    'Scaling web…',
    '  Scaling web: still running (1m)',
    '  Scaling web: still running (2m)',
    '✓ Scaling web (2m10s)',
  ])
})

test('marks a failed step and passes the failure on', async () => {
  const {output, lines, running} = plain()
  const failure = new Error('no capacity')

  const step = output.step('Scaling web', async () => {
    throw failure
  })

  await expect(step).rejects.toBe(failure)
  expect(lines()).toEqual(['Scaling web…', '✗ Scaling web'])
  expect(running()).toBe(0)
})

test('colors marks only when it may', async () => {
  const {output, written} = plain({colored: true})

  await output.step('Scaling web', async () => undefined)

  expect(written.stderr).toContain('\u001B[32m✓')
})

test('refuses to ask where nobody can answer', async () => {
  const {output} = plain()

  expect(output.interactive).toBe(false)
  await expect(output.confirm('Destroy web?')).rejects.toThrow(UsageError)
})
