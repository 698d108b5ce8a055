import {PassThrough} from 'node:stream'
import type {Streams} from '../../src/output/streams.js'
import type {Timers} from '../../src/output/timers.js'

interface StreamOptions {
  readonly tty?: boolean
  readonly columns?: number
  readonly answers?: readonly string[]
}

/** Streams that keep what is written; `answers` are the lines of standard input. */
export function memoryStreams({tty = false, columns = 80, answers}: StreamOptions = {}) {
  const written = {stdout: '', stderr: ''}
  const stream = (name: 'stdout' | 'stderr') =>
    Object.assign(new PassThrough().setEncoding('utf8'), {isTTY: tty, columns}).on('data', (text: string) => {
      written[name] += text
    })
  const stdin = Object.assign(new PassThrough(), {isTTY: tty})
  if (answers !== undefined) stdin.end(answers.map((answer) => `${answer}\n`).join(''))
  const streams: Streams = {stdin, stdout: stream('stdout'), stderr: stream('stderr')}
  const answer = (text: string) => stdin.write(`${text}\n`)
  return {streams, written, answer, lines: () => written.stderr.split('\n').slice(0, -1)}
}

/** Timers that move when told to. */
export function manualTimers() {
  let now = 0
  const tickers = new Set<{readonly every: number; next: number; readonly run: () => void}>()
  const timers: Timers = {
    now: () => now,
    every(every, run) {
      const ticker = {every, next: now + every, run}
      tickers.add(ticker)
      return {cancel: () => tickers.delete(ticker)}
    },
  }
  const advance = (milliseconds: number) => {
    const end = now + milliseconds
    for (;;) {
      const due = [...tickers].filter(({next}) => next <= end).sort((left, right) => left.next - right.next)[0]
      if (due === undefined) break
      now = due.next
      due.next += due.every
      due.run()
    }
    now = end
  }
  return {timers, advance, running: () => tickers.size}
}
