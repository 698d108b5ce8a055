import {chmod, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {Clock} from '../../lib/clock.js'
import {makeFolder} from '../../local/state/folder.js'

const freshMs = 60_000
/** A refresher gives up before that. */
const attemptMs = 15_000
const patienceMs = 400
const lookEveryMs = 20
const forgottenMs = 24 * 60 * 60_000
const failed = 'failed'

export interface NamesSource {
  readonly file: string
  readonly clock: Clock
  /** Starts what will call `writeNames` or `giveUp`, and returns at once. */
  refresh(): Promise<void>
}

/**
 * The names that the cache has. Names older than a minute are answered and made new for the next time; where there are
 * none yet the answer waits for them, 400 ms at most.
 */
export async function cachedNames({file, clock, refresh}: NamesSource): Promise<readonly string[]> {
  const age = await ageOf(file, clock)
  if (age !== undefined && age < freshMs) return readNames(file)
  if (await claim(file, clock)) await refresh()
  if (age === undefined) await untilThere(file, clock)
  return readNames(file)
}

/** Puts names in the place of those that were there. Only the user can read them. */
export async function writeNames(file: string, names: readonly string[], clock: Clock): Promise<void> {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify(names), {mode: 0o600})
  await rename(draft, file)
  await rm(attemptOf(file), {force: true})
  await forgetOldOnes(dirname(file), clock)
}

/** Tells those who wait that nothing will come; the next attempt is made some seconds later. */
export async function giveUp(file: string): Promise<void> {
  await writeFile(attemptOf(file), failed, {mode: 0o600})
}

const attemptOf = (file: string): string => `${file}.attempt`

/** Whether nobody else has just begun to refresh these names. */
async function claim(file: string, clock: Clock): Promise<boolean> {
  // Node's own recursive mkdir never ends where a file system lets nobody make a folder, as /proc.
  makeFolder(dirname(file))
  await chmod(dirname(file), 0o700)
  const age = await ageOf(attemptOf(file), clock)
  if (age !== undefined && age < attemptMs) return false
  await rm(attemptOf(file), {force: true})
  return writeFile(attemptOf(file), '', {flag: 'wx', mode: 0o600}).then(() => true, unless('EEXIST', false))
}

async function untilThere(file: string, clock: Clock): Promise<void> {
  const deadline = clock.now() + patienceMs
  while (clock.now() < deadline) {
    if ((await ageOf(file, clock)) !== undefined || (await textOf(attemptOf(file))) === failed) return
    await clock.sleep(lookEveryMs)
  }
}

async function readNames(file: string): Promise<readonly string[]> {
  const text = await textOf(file)
  return text === undefined ? [] : (JSON.parse(text) as string[])
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(unless('ENOENT', undefined))

/** Answers a value in the place of one error of the file system; others are thrown. */
const unless =
  <Value>(code: string, value: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code === code) return value
    throw error
  }

/** In milliseconds; `undefined` where there is no file. */
const ageOf = (file: string, clock: Clock): Promise<number | undefined> =>
  stat(file).then(({mtimeMs}) => Math.abs(clock.now() - mtimeMs), unless('ENOENT', undefined))

async function forgetOldOnes(folder: string, clock: Clock): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    if (((await ageOf(file, clock)) ?? 0) > forgottenMs) await rm(file, {force: true})
  }
}
