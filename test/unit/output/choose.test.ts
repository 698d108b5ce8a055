import {expect, test} from 'vitest'
import {chooseOutput} from '../../../src/output/choose.js'
import {wantsColor} from '../../../src/output/paint.js'
import {manualTimers, memoryStreams} from '../../helpers/memory-streams.js'

const {signal} = new AbortController()

test.each([
  ['a terminal', {tty: true}, true],
  ['no terminal', {tty: false}, false],
  ['a build system', {tty: true, env: {CI: 'true'}}, false],
  ['a terminal where CI is false', {tty: true, env: {CI: 'false'}}, true],
  ['a dumb terminal', {tty: true, env: {TERM: 'dumb'}}, false],
  ['a terminal without a size', {tty: true, columns: 0}, false],
  ['a terminal with --quiet', {tty: true, quiet: true}, false],
  ['a terminal with --json', {tty: true, json: true}, false],
])('decides whether it is interactive on %s', (_, options, interactive) => {
  const {
    env = {},
    quiet = false,
    json = false,
    ...terminal
  } = options as {
    tty: boolean
    columns?: number
    env?: Record<string, string>
    quiet?: boolean
    json?: boolean
  }
  const {streams} = memoryStreams(terminal)

  const output = chooseOutput({
    streams,
    env,
    quiet,
    json,
    verbose: false,
    noColor: false,
    timers: manualTimers().timers,
    signal,
  })

  expect(output.interactive).toBe(interactive)
})

test.each([
  ['on a terminal', true, {}, false, true],
  ['elsewhere', false, {}, false, false],
  ['on a dumb terminal', true, {TERM: 'dumb'}, false, false],
  ['with NO_COLOR', true, {NO_COLOR: '1'}, false, false],
  ['with an empty NO_COLOR', true, {NO_COLOR: ''}, false, true],
  ['with FORCE_COLOR elsewhere', false, {FORCE_COLOR: '1'}, false, true],
  ['with FORCE_COLOR=0', true, {FORCE_COLOR: '0'}, false, false],
  ['with FORCE_COLOR and NO_COLOR', false, {FORCE_COLOR: '1', NO_COLOR: '1'}, false, true],
  ['with FORCE_COLOR and --no-color', true, {FORCE_COLOR: '1'}, true, false],
])('decides on color %s', (_, isTTY, env, noColor, expected) => {
  expect(wantsColor({write: () => true, isTTY}, env, noColor)).toBe(expected)
})
