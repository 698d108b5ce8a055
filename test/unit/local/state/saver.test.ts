import {expect, test} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import type {Saved} from '../../../../src/local/state/entries.js'
import {StateSaver} from '../../../../src/local/state/saver.js'
import {StateFiles} from '../../../../src/local/state/state-files.js'
import {newFolder} from './world.js'

/** Files on a disk that can be full. */
class FullDisk extends StateFiles {
  full = false

  override append(line: string): void {
    if (this.full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'})
    super.append(line)
  }
}

function startSaver(folder = newFolder()) {
  const files = new FullDisk(folder)
  const saved = files.load()
  const clock = new VirtualClock()
  const reports: string[] = []
  const saver = new StateSaver({files, saved, clock, folder, report: (line) => reports.push(line)})
  const names: string[] = []
  saver.connect({
    names: {snapshot: () => [...names], restore: (snapshot) => names.push(...(snapshot as string[]))},
  })
  const add = (name: string) => {
    names.push(name)
    saver.mark('names')
  }
  return {folder, files, saver, clock, reports, names, add}
}

test('a full disk is told once, what was saved before stays whole, and the rest is saved when there is room', async () => {
  const {folder, files, saver, clock, reports, add} = startSaver()
  add('first')
  saver.save()
  files.full = true
  add('second')

  expect(() => saver.save()).toThrow(`cannot save its state in ${folder}: the disk is full`)
  expect(saver.trySave()).toBe(false)

  expect(saver.isFailing).toBe(true)
  expect(reports).toEqual([expect.stringContaining('what was saved before is whole')])
  const meanwhile = new StateFiles(folder)
  expect(namesIn(meanwhile.load())).toEqual(['first'])
  meanwhile.close()

  files.full = false
  await clock.advance(1_000)

  expect(saver.isFailing).toBe(false)
  expect(reports.at(-1)).toBe('the state is saved again')
  saver.close()
  expect(startSaver(folder).names).toEqual(['first', 'second'])
})

test('what a part cannot take back is told as damage of the folder', () => {
  const {folder, saver, add} = startSaver()
  add('first')
  saver.close()
  const files = new StateFiles(folder)
  const restore = () => {
    throw new TypeError('no names')
  }
  const options = {files, saved: files.load(), folder, clock: new VirtualClock(), report: () => undefined}

  const connect = () => new StateSaver(options).connect({names: {snapshot: () => [], restore}})

  expect(connect).toThrow(`the saved state is damaged: ${folder}, what it holds of names cannot be used`)
  files.close()
})

const namesIn = (saved: Saved): unknown => saved.documents.get('names')?.get('[]')
