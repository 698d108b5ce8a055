import type {Parsed} from '../../lib/parsed.js'
import {invalid, valid} from '../../lib/parsed.js'
import {shown} from '../../lib/whole-number.js'
import type {Fault} from './fault.js'
import type {OperationCatalog} from './operation-names.js'
import {suggestion} from './operation-names.js'
import {readFault} from './reading.js'

/** Reads a plan file: `{"faults": [{"kind": "throttle", "operation": "ecs:UpdateService", "count": 3}]}`. */
export function parsePlanFile(text: string, catalog: OperationCatalog): Parsed<Fault[]> {
  try {
    return readPlan(JSON.parse(text), catalog)
  } catch (error) {
    return invalid(`it is no JSON: ${(error as Error).message}`)
  }
}

/** Checks all faults of a plan; every problem is told, with the number of its fault, counted from 1. */
export function readPlan(document: unknown, catalog: OperationCatalog): Parsed<Fault[]> {
  if (typeof document !== 'object' || document === null || !('faults' in document)) {
    return invalid('it has no list "faults"')
  }
  const {faults, ...others} = document
  const [other] = Object.keys(others)
  if (other !== undefined) return invalid(`it has an unknown member ${shown(other)}: ${suggestion(other, ['faults'])}`)
  if (!Array.isArray(faults)) return invalid('"faults" is no list')
  const read: Fault[] = []
  const problems: string[] = []
  for (const [index, each] of faults.entries()) {
    const fault = readFault(each, catalog)
    if (fault.ok) read.push(fault.value)
    else problems.push(faults.length === 1 ? fault.problem : `fault ${index + 1}: ${fault.problem}`)
  }
  return problems.length === 0 ? valid(read) : invalid(problems.join('; '))
}
