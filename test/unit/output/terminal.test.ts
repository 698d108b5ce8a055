import {expect, test} from 'vitest'
import {createPaint} from '../../../src/output/paint.js'
import {createTerminalOutput} from '../../../src/output/terminal.js'
import {manualTimers, memoryStreams} from '../../helpers/memory-streams.js'

function terminal(answers?: readonly string[]) {
  const {streams, written, lines, answer} = memoryStreams({tty: true, ...(answers && {answers})})
  const {timers, advance} = manualTimers()
  const abort = new AbortController()
  const spinner = {
    text: '',
    moving: false,
    loads: 0,
    start() {
      this.moving = true
    },
    stop() {
      this.moving = false
    },
  }
  const output = createTerminalOutput(
    {streams, quiet: false, verbose: false, json: false, paint: createPaint(false), timers, signal: abort.signal},
    async () => {
      spinner.loads++
      return spinner
    },
  )
  return {output, spinner, written, lines, answer, advance, abort}
}

/** Lets the loading of the spinner settle. */
const loaded = () => new Promise((resolve) => setImmediate(resolve))

function pending() {
  let end: () => void = () => undefined
  const work = new Promise<void>((resolve) => {
    end = resolve
  })
  return {work, end}
}

test('loads the spinner at the first step only', async () => {
  const {output, spinner} = terminal()

  output.info('started')
  expect(spinner.loads).toBe(0)
  await output.step('one', loaded)
  await output.step('two', loaded)

  expect(spinner.loads).toBe(1)
})

test('shows all running steps in one moving line and a mark for each that ends', async () => {
  const {output, spinner, lines, advance} = terminal()
  const image = pending()
  const group = pending()

  const first = output.step('Pushing image', async (progress) => {
    progress.update('3 of 7 layers')
    await image.work
  })
  const second = output.step('Creating target group', () => group.work)
  await loaded()
  expect(spinner).toMatchObject({moving: true, text: 'Pushing image: 3 of 7 layers · Creating target group'})

  advance(12_400)
  group.end()
  await second
  expect(spinner).toMatchObject({moving: true, text: 'Pushing image: 3 of 7 layers'})
  image.end()
  await first

  expect(spinner.moving).toBe(false)
  expect(lines()).toEqual(['✓ Creating target group (12s)', '✓ Pushing image (12s)'])
})

test('never starts the spinner for a step that ends while it is loading', async () => {
  const {output, spinner, lines} = terminal()

  await output.step('Looking', async () => undefined)
  await loaded()

  expect(spinner.moving).toBe(false)
  expect(lines()).toEqual(['✓ Looking'])
})

test('cuts the moving line to the width of the terminal', async () => {
  const {output, spinner} = terminal()

  await output.step('x'.repeat(200), loaded)

  expect(spinner.text).toHaveLength(77)
  expect(spinner.text.endsWith('…')).toBe(true)
})

test('marks a failed step and passes the failure on', async () => {
  const {output, spinner, lines} = terminal()

  const step = output.step('Scaling web', async (progress) => {
    await loaded()
    progress.log('task stopped')
    throw new Error('no capacity')
  })

  await expect(step).rejects.toThrow('no capacity')
  expect(lines()).toEqual(['  task stopped', '✗ Scaling web'])
  expect(spinner.moving).toBe(false)
})

test.each([
  [['y'], true],
  [['YES'], true],
  [['n'], false],
  [['yes please'], false],
  [[''], false],
  [[], false],
])('takes %j for %j', async (answers, expected) => {
  const {output, written} = terminal(answers)

  expect(await output.confirm('Destroy web?')).toBe(expected)
  expect(written.stderr).toContain('Destroy web? [y/N] ')
})

test('stands still while somebody is asked, and moves on afterwards', async () => {
  const {output, spinner, answer} = terminal()
  const running = pending()
  const step = output.step('Scaling web', () => running.work)
  await loaded()

  const answered = output.confirm('Roll back?')
  expect(spinner.moving).toBe(false)
  answer('y')
  expect(await answered).toBe(true)
  expect(spinner.moving).toBe(true)

  running.end()
  await step
})

test('ends an open question when the command is interrupted', async () => {
  const {output, abort} = terminal()

  const answered = output.confirm('Roll back?')
  abort.abort()

  await expect(answered).rejects.toMatchObject({name: 'AbortError'})
})

test('may ask only when standard input is a terminal too', () => {
  expect(terminal().output.interactive).toBe(true)
})
