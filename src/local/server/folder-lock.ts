import {randomBytes} from 'node:crypto'
import {linkSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {connect, createServer} from 'node:net'
import {join} from 'node:path'
import type {Clock} from '../clock.js'
import {StateFailure} from '../state/failure.js'

/** A running local AWS has the folder. */
export class FolderInUse extends StateFailure {
  override readonly name: string = 'FolderInUse'
}

export interface FolderLock {
  close(): void
}

export interface FolderLockOptions {
  readonly folder: string
  readonly pid: number
  isRunning(pid: number): boolean
  /** In the time of the machine. */
  readonly clock: Clock
}

/** Who has the folder: says its key to everybody who connects to its port, as long as it runs. */
interface Holder {
  readonly pid: number
  readonly port: number
  readonly key: string
}

const LOCK_NAME = /^lock-(\d+)\.json$/
const ANSWER_MS = 2_000

/**
 * Takes a folder for this process. The lock ends with the process, however it ends: that of a dead one is told by its
 * port, since its process id may belong to another program by now. Each new holder takes the next number, which only one
 * of several can.
 *
 * @throws FolderInUse where a process has it that runs
 */
export async function lockFolder(options: FolderLockOptions): Promise<FolderLock> {
  const {folder, pid} = options
  const key = randomBytes(16).toString('hex')
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(key)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  const {port} = server.address() as AddressInfo
  const own = join(folder, `lock-${key}.new`)
  try {
    writeFileSync(own, JSON.stringify({pid, port, key} satisfies Holder), {mode: 0o600})
    const file = await takeNumber(options, own)
    return {
      close() {
        rmSync(file, {force: true})
        server.close()
      },
    }
  } catch (error) {
    server.close()
    throw error
  } finally {
    rmSync(own, {force: true})
  }
}

/** Links the file to the next number once the holder of the last one is gone. */
async function takeNumber(options: FolderLockOptions, own: string): Promise<string> {
  const {folder} = options
  for (;;) {
    const last = Math.max(0, ...numbersIn(folder))
    const holder = last === 0 ? undefined : readHolder(lockFile(folder, last))
    if (holder !== undefined && (await holds(holder, options))) {
      throw new FolderInUse(`another local AWS runs with the folder ${folder} (process ${holder.pid})`)
    }
    const file = lockFile(folder, last + 1)
    if (!linked(own, file)) continue
    const numbers = numbersIn(folder)
    // Others have come and gone since the numbers were looked at.
    if (Math.max(...numbers) > last + 1) {
      rmSync(file, {force: true})
      continue
    }
    for (const number of numbers) if (number <= last) rmSync(lockFile(folder, number), {force: true})
    return file
  }
}

const lockFile = (folder: string, number: number): string => join(folder, `lock-${number}.json`)

const numbersIn = (folder: string): number[] =>
  readdirSync(folder).flatMap((name) => LOCK_NAME.exec(name)?.slice(1).map(Number) ?? [])

/** Undefined for one that has let go, or whose file does not tell who it was. */
function readHolder(file: string): Holder | undefined {
  try {
    const {pid, port, key} = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    return pid === undefined || port === undefined || key === undefined ? undefined : {pid, port, key}
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A hard link is made only where the name is free, and shows the whole file at once. */
function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** One that takes the connection and says nothing may be a busy one; then its process tells. */
async function holds({pid, port, key}: Holder, {isRunning, clock}: FolderLockOptions): Promise<boolean> {
  const heard = await hear(port, clock)
  return heard === 'nothing' ? isRunning(pid) : heard === key
}

function hear(port: number, clock: Clock): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({host: '127.0.0.1', port})
    let text = ''
    const timer = clock.after(ANSWER_MS, () => end('nothing'))
    const end = (heard: string) => {
      timer.cancel()
      socket.destroy()
      resolve(heard)
    }
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > 64) end(text)
    })
    socket.once('end', () => end(text))
    socket.once('error', () => end(text))
  })
}
