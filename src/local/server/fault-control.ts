import {readFileSync} from 'node:fs'
import type {IncomingMessage} from 'node:http'
import {closest} from '../../lib/closest.js'
import type {Parsed} from '../../lib/parsed.js'
import type {FaultView} from '../faults/index.js'
import {parsePlanFile, readPlan} from '../faults/index.js'
import type {LocalAws} from '../local-aws.js'

/** What the control interface refuses because of what it was told; nothing has changed. */
export class RefusedChange extends Error {
  override readonly name = 'RefusedChange'
}

interface FaultList {
  readonly seed: number
  readonly faults: readonly FaultView[]
}

/** All faults with the seed that decides their probabilities. */
export const listFaults = ({faults}: LocalAws): FaultList => ({seed: faults.seed, faults: faults.list()})

type FaultChange = (aws: LocalAws, document: unknown) => {readonly faults: readonly FaultView[]}

/** The changes of faults below `/_local/faults`; each answers what was added or removed. */
export const faultChanges: Readonly<Record<string, FaultChange>> = {
  /** `{"faults": […]}`, all of them or none. */
  '/_local/faults': ({faults, operations}, document) => ({
    faults: faults.add(accepted(readPlan(document, operations))),
  }),

  /** `{"ids": […]}`, all of them or none. */
  '/_local/faults/remove': ({faults}, document) => {
    const ids = (document as {ids?: readonly string[]} | undefined)?.ids ?? []
    const present = faults.list()
    for (const id of ids) if (!present.some((fault) => fault.id === id)) throw unknownFault(id, present)
    const removed = present.filter(({id}) => ids.includes(id))
    for (const {id} of removed) faults.remove(id)
    return {faults: removed}
  },

  '/_local/faults/clear': ({faults}) => {
    const removed = faults.list()
    faults.clear()
    return {faults: removed}
  },
}

/** Gives the faults of a plan file, where there is one, to a local AWS in place of those of an earlier run. */
export type FaultFile = (aws: LocalAws) => void

/**
 * Reads a plan file once, and gives its faults to every local AWS that starts.
 *
 * @throws the error of node:fs where it cannot be read; Error with all problems of the plan
 */
export function faultFile(path: string | undefined): FaultFile {
  const text = path === undefined ? undefined : readFileSync(path, 'utf8')
  return ({faults, operations}) => {
    if (text === undefined) return
    const planned = accepted(parsePlanFile(text, operations), `${path}: `)
    faults.clear()
    faults.add(planned)
  }
}

function accepted<Value>(parsed: Parsed<Value>, prefix = ''): Value {
  if (parsed.ok) return parsed.value
  throw new RefusedChange(prefix + parsed.problem)
}

function unknownFault(id: string, present: readonly FaultView[]): RefusedChange {
  const ids = present.map((fault) => fault.id)
  const [near] = closest(id, ids, {limit: 1})
  const what = near === undefined ? `there is ${ids.join(', ') || 'none'}` : `did you mean ${near}?`
  return new RefusedChange(`there is no fault ${id}: ${what}`)
}

/** The body of a change as JSON; undefined where there is none. */
export async function readDocument(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RefusedChange(`the body is no JSON: ${(error as Error).message}`)
  }
}
