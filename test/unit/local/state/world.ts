import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {VirtualClock} from '../../../../src/local/clock.js'
import type {LocalAws} from '../../../../src/local/local-aws.js'
import {createLocalAws} from '../../../../src/local/local-aws.js'
import {documentsOf, documentText, pathKey} from '../../../../src/local/state/documents.js'
import {StateSaver} from '../../../../src/local/state/saver.js'
import {StateFiles} from '../../../../src/local/state/state-files.js'
import {inProcessRequestHandler} from '../../../../src/local/wire/request-handler.js'

export const ACCOUNT = '000000000000'
export const HOST = '127.0.0.1:4566'

/** A local AWS on a clock of its own that can be killed and started again. */
export interface World {
  readonly clock: VirtualClock
  readonly folder: string
  readonly aws: LocalAws
  readonly reports: string[]
  client<Client>(Class: new (config: never) => Client): Client
  save(): void
  /** Ends it as `kill -9` does: what is not saved is lost. Then it starts again. */
  restart(): Promise<void>
  /** What the files hold, as text by part and path. */
  saved(): Record<string, string>
  /** What is in memory, in the same form. */
  present(): Record<string, string>
}

interface WorldOptions {
  readonly journalLimit?: number
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'state-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
  return folder
}

export function createWorld({journalLimit}: WorldOptions = {}): World {
  const clock = new VirtualClock()
  const folder = newFolder()
  const reports: string[] = []
  const start = () => {
    const files = new StateFiles(join(folder, 'state'))
    const saver = new StateSaver({
      ...{files, saved: files.load(), folder},
      ...(journalLimit !== undefined && {journalLimit}),
      // Nothing is saved by itself: a test says when.
      clock: new VirtualClock(),
      report: (line) => reports.push(line),
    })
    const blobsFolder = join(folder, 'registry')
    const aws = createLocalAws({clock, seed: 1, host: () => HOST, listen: false, blobsFolder, saver})
    return {files, saver, aws}
  }
  let run = start()
  onTestFinished(() => run.aws.close())
  return {
    ...{clock, folder, reports},
    get aws() {
      return run.aws
    },
    client: (Class) =>
      new Class({
        region: 'us-east-1',
        credentials: {accessKeyId: ACCOUNT, secretAccessKey: 'secret'},
        requestHandler: inProcessRequestHandler(run.aws.wire),
        maxAttempts: 1,
        disableHostPrefix: true,
      } as never),
    save: () => run.saver.save(),
    async restart() {
      run.files.close()
      await run.aws.close()
      run = start()
    },
    saved: () => {
      const {documents, additions} = new StateFiles(join(folder, 'state')).load()
      const lists = [...additions].flatMap(([part, {list}]) =>
        list.map((entry) => [`${part} ${documentText(entry)}`, '']),
      )
      return Object.fromEntries([
        ...[...documents].flatMap(([part, texts]) =>
          [...texts].map(([key, document]) => [`${part} ${key}`, documentText(document)]),
        ),
        ...lists,
      ])
    },
    present: () =>
      Object.fromEntries(
        Object.entries(run.aws.state).flatMap(([part, state]) => [
          ...[...documentsOf(state.snapshot(), state.depth ?? 0)].map(({path, document}) => [
            `${part} ${pathKey(path)}`,
            documentText(document),
          ]),
          ...(state.allAdditions?.() ?? []).map((entry) => [`${part} ${documentText(entry)}`, '']),
        ]),
      ),
  }
}
