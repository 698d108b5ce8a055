import {closeSync, existsSync, openSync, readFileSync, writeSync} from 'node:fs'
import type {Clock} from '../clock.js'
import {damaged} from './failure.js'

/** A moment on two clocks: `local` of the local AWS and `machine` of the machine, in milliseconds since 1970. */
export interface TimeOrigin {
  readonly local: number
  readonly machine: number
}

export interface LastingClockOptions {
  /** Where the time is kept that has not been told yet. */
  readonly file: string
  readonly speed: number
  readonly machine: Pick<Clock, 'now'>
  /** Makes the clock that begins at this moment. */
  start(origin: TimeOrigin): Clock
  /** Told when the time can no longer be saved. */
  report(error: unknown): void
}

export interface LastingClock extends Clock {
  readonly origin: TimeOrigin
  /** Saves the exact time, with which the next run goes on at the earliest. */
  close(): void
}

/** How far ahead the time is saved: so often the file is written at most, in milliseconds of the machine. */
const AHEAD_MS = 1_000
const DIGITS = 16

/**
 * A clock that never goes back, not after a restart either: the file holds a time that it has not reached. Where the
 * local time has run ahead of the machine's it stays ahead.
 *
 * @throws StateFailure where the file holds no time
 */
export function lastingClock({file, speed, machine, start, report}: LastingClockOptions): LastingClock {
  const origin = {machine: machine.now(), local: Math.max(machine.now(), readTime(file))}
  const clock = start(origin)
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w', 0o600)
  let saved = 0
  let told = origin.local
  const save = (time: number) => {
    saved = time
    // In place: a full disk does not matter.
    try {
      writeSync(descriptor, String(Math.ceil(time)).padStart(DIGITS, '0'), 0)
    } catch (error) {
      report(error)
    }
  }
  const now = () => {
    told = Math.max(told, clock.now())
    if (told > saved) save(told + AHEAD_MS * speed)
    return told
  }
  now()
  return {
    origin,
    now,
    after: (milliseconds, run) => clock.after(milliseconds, run),
    close() {
      save(now())
      closeSync(descriptor)
    },
  }
}

function readTime(file: string): number {
  if (!existsSync(file)) return 0
  const text = readFileSync(file, 'utf8')
  // A server was killed before it wrote anything.
  if (text === '') return 0
  if (!/^\d{16}$/.test(text)) throw damaged(file, 'it holds no time')
  return Number(text)
}
