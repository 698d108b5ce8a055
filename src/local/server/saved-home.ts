import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Clock} from '../clock.js'
import {systemClock} from '../clock.js'
import {damaged, fileReason, StateFailure} from '../state/failure.js'
import {makeFolder} from '../state/folder.js'
import type {LastingClock} from '../state/lasting-clock.js'
import {lastingClock} from '../state/lasting-clock.js'
import {StateSaver} from '../state/saver.js'
import {StateFiles} from '../state/state-files.js'

/** What the server itself remembers from run to run. */
export interface ServerMemory {
  /** Where it was reached last, and where before: task definitions name images there. */
  readonly hosts: readonly string[]
  /** Whether the example images were put into the registry; who deletes them does not want them back. */
  readonly hasExamples: boolean
}

/** One run of a local AWS on what the folder holds. */
export interface SavedRun {
  readonly saver: StateSaver
  /** Whether an earlier run has left anything. */
  readonly resumed: boolean
  readonly memory: ServerMemory
  remember(memory: ServerMemory): void
}

const NO_MEMORY: ServerMemory = {hosts: [], hasExamples: false}
const FORGOTTEN = 'state.forgotten'

/** The paths of what a local AWS keeps in its state folder. */
export const homePaths = (folder: string) => ({
  state: join(folder, 'state'),
  memory: join(folder, 'state', 'server.json'),
  clock: join(folder, 'clock'),
  blobs: join(folder, 'registry'),
  authority: join(folder, 'certificate-authority'),
  dockerImages: join(folder, 'docker-images.json'),
})

/** @throws StateFailure that names the folder and the reason */
export function prepareHome(folder: string): void {
  inFolder(folder, () => makeFolder(folder))
}

/** @throws StateFailure where the time cannot be read or kept */
export function homeClock(folder: string, speed: number, report: (line: string) => void): LastingClock {
  const machine: Pick<Clock, 'now'> = systemClock()
  return inFolder(folder, () =>
    lastingClock({
      file: homePaths(folder).clock,
      speed,
      machine,
      start: (origin) => systemClock(speed, origin),
      report: (error) => report(`the local AWS cannot save its time in ${folder}: ${fileReason(error)}`),
    }),
  )
}

/**
 * Reads what earlier runs have left, and begins to save what this one does. The folder must be locked.
 *
 * @param report told in words for people when saving begins to fail, and when it works again
 * @throws StateFailure for what cannot be read, and is left as it is
 */
export function openRun(folder: string, report: (line: string) => void): SavedRun {
  const {state, memory: file} = homePaths(folder)
  return inFolder(folder, () => {
    rmSync(join(folder, FORGOTTEN), {recursive: true, force: true})
    const files = new StateFiles(state)
    const saved = files.load()
    const resumed = saved.documents.size > 0
    const saver = new StateSaver({files, saved, folder, clock: systemClock(), report})
    const remember = (memory: ServerMemory) => inFolder(folder, () => writeWhole(file, JSON.stringify(memory)))
    return {saver, resumed, memory: readMemory(file), remember}
  })
}

/** Removes all that runs have left, at once as far as a later run can see; the authority that people trust stays. */
export function forgetRuns(folder: string): void {
  const {state, blobs} = homePaths(folder)
  inFolder(folder, () => {
    const forgotten = join(folder, FORGOTTEN)
    rmSync(forgotten, {recursive: true, force: true})
    if (existsSync(state)) renameSync(state, forgotten)
    rmSync(forgotten, {recursive: true, force: true})
    rmSync(blobs, {recursive: true, force: true})
  })
}

function readMemory(file: string): ServerMemory {
  if (!existsSync(file)) return NO_MEMORY
  const text = readFileSync(file, 'utf8')
  try {
    return {...NO_MEMORY, ...(JSON.parse(text) as Partial<ServerMemory>)}
  } catch {
    throw damaged(file, 'it is no JSON')
  }
}

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, {mode: 0o600})
  renameSync(`${file}.new`, file)
}

/** Says of an error of node:fs where it happened and what to do. */
function inFolder<Result>(folder: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new StateFailure(
      `the state folder ${folder} cannot be used: ${fileReason(error)}; nothing in it has changed; use another folder: --state-dir <folder>`,
      {cause: error},
    )
  }
}
