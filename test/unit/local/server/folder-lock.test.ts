import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {systemClock, VirtualClock} from '../../../../src/local/clock.js'
import {FolderInUse, lockFolder} from '../../../../src/local/server/folder-lock.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
})

const options = (pid: number, isRunning = true) => ({folder, pid, isRunning: () => isRunning, clock: systemClock()})

async function lock(pid: number) {
  const taken = await lockFolder(options(pid))
  onTestFinished(() => taken.close())
  return taken
}

/** What a process has left that was killed: its port answers no more, or another program's. */
const leaveLock = (number: number, port: number) =>
  writeFileSync(join(folder, `lock-${number}.json`), JSON.stringify({pid: process.pid, port, key: 'the old one'}))

async function listen(answer: string | undefined): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onTestFinished(() => {
      socket.destroy()
    })
    if (answer !== undefined) socket.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('refuses a second one, and names the process that has the folder', async () => {
  await lock(17)

  await expect(lockFolder(options(18))).rejects.toThrow(FolderInUse)
  await expect(lockFolder(options(18))).rejects.toThrow(`another local AWS runs with the folder ${folder} (process 17)`)
})

test('is free again once it is let go', async () => {
  const first = await lock(17)
  first.close()

  await lock(18)

  expect(readdirSync(folder)).toHaveLength(1)
})

test('is taken over from a dead process, though another program has its process id', async () => {
  leaveLock(4, 1)

  await lock(18)

  expect(readdirSync(folder)).toEqual(['lock-5.json'])
})

test('is taken over where another program answers on the port of a dead one', async () => {
  leaveLock(1, await listen('220 mail'))

  await lock(18)

  expect(readdirSync(folder)).toEqual(['lock-2.json'])
})

test.each([true, false])('where the holder takes long to answer its process tells: %s', async (runs) => {
  leaveLock(1, await listen(undefined))
  const clock = new VirtualClock()
  const asked = lockFolder({...options(18, runs), clock}).then(
    (taken) => {
      taken.close()
      return 'taken'
    },
    () => 'refused',
  )
  await expect.poll(() => clock.advance(2_000).then(() => Promise.race([asked, 'waiting']))).not.toBe('waiting')

  expect(await asked).toBe(runs ? 'refused' : 'taken')
})

test('a lock that was cut off while it was written holds nobody', async () => {
  writeFileSync(join(folder, 'lock-1.json'), '{"pid":')

  await lock(18)

  expect(readdirSync(folder)).toEqual(['lock-2.json'])
})

test('of many that come at the same time exactly one has it', async () => {
  leaveLock(1, 1)

  const outcomes = await Promise.allSettled(Array.from({length: 8}, (_, index) => lock(index + 1)))

  expect(outcomes.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
})
