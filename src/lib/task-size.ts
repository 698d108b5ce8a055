import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {numberProblem, parseNumber, parseWholeNumber, shown} from './whole-number.js'

/** What a Fargate task gets. */
export interface TaskSize {
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
}

const UNITS_PER_VCPU = 1024
const MIB_PER_GB = 1024

/** The sizes that Fargate runs, by CPU units. 8 vCPU and more need Linux and platform version 1.4.0. */
const MEMORY_BY_CPU: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16_384, 1024)],
  [4096, steps(8192, 30_720, 1024)],
  [8192, steps(16_384, 61_440, 4096)],
  [16_384, steps(32_768, 122_880, 8192)],
  [32_768, [61_440, 122_880, 249_856]],
])

/** The CPU units that Fargate runs, smallest first. */
export const cpuValues: readonly number[] = [...MEMORY_BY_CPU.keys()]

/** The memory in MiB that goes with CPU units, smallest first; none for CPU units that Fargate does not run. */
export function memoryValues(cpu: number): readonly number[] {
  return MEMORY_BY_CPU.get(cpu) ?? []
}

/**
 * Reads a task size in the spellings that ECS takes: CPU units (`512`) or vCPU (`.5 vCPU`), MiB (`1024`) or GB
 * (`1 GB`), in any case. The problem of a pair that Fargate does not run names the nearest ones that it does.
 */
export function parseTaskSize(cpuText: string, memoryText: string): Parsed<TaskSize> {
  const cpu = parseCpu(cpuText)
  const memory = parseMemory(memoryText)
  if (!cpu.ok) return memory.ok ? cpu : invalid(`${cpu.problem}; ${memory.problem}`)
  if (!memory.ok) return memory
  const size = {cpu: cpu.value, memory: memory.value}
  const problem = taskSizeProblem(size)
  return problem === undefined ? valid(size) : invalid(problem)
}

/** Reads the CPU of a task, in CPU units. */
export function parseCpu(text: string): Parsed<number> {
  const cpu = parseAmount(text, 'vcpu', UNITS_PER_VCPU)
  if (cpu !== undefined && MEMORY_BY_CPU.has(cpu)) return valid(cpu)
  return invalid(`cpu ${shown(text)} is not valid: use ${cpuValues.join(', ')} or the same in vCPU, e.g. "0.5 vCPU"`)
}

/** Reads an amount of memory, which may or may not go with a CPU. */
export function parseMemory(text: string): Parsed<number> {
  const memory = parseAmount(text, 'gb', MIB_PER_GB)
  if (memory !== undefined && memory > 0) return valid(memory)
  return invalid(`memory ${shown(text)} is not valid: use MiB, e.g. 1024, or GB, e.g. "1 GB"`)
}

/** The problem of a pair that Fargate does not run, with the nearest pairs that it does; or `undefined`. */
export function taskSizeProblem({cpu, memory}: TaskSize): string | undefined {
  const memories = memoryValues(cpu)
  if (memories.length === 0) return `cpu ${cpu} is not valid: use ${cpuValues.join(', ')}`
  if (memories.includes(memory)) return undefined
  const near = `memory ${neighbours(memories, memory).join(' or ')} with cpu ${cpu}`
  const cpus = cpusNear(memory, cpu)
  const other = cpus.length === 0 ? '' : `, or cpu ${cpus.join(' or ')} with memory ${memory}`
  return `memory ${memory} does not go with cpu ${cpu} on Fargate: use ${near}${other}`
}

/** The pairs nearest to one that Fargate does not run: its CPU with other memory first, then its memory with other CPUs. */
export function nearestTaskSizes({cpu, memory}: TaskSize): TaskSize[] {
  return [
    ...neighbours(memoryValues(cpu), memory).map((value) => ({cpu, memory: value})),
    ...cpusNear(memory, cpu).map((value) => ({cpu: value, memory})),
  ]
}

function cpusNear(memory: number, cpu: number): number[] {
  const running = cpuValues.filter((value) => memoryValues(value).includes(memory))
  return neighbours(running, cpu)
}

/** 20 GiB come with every task; asking for more is possible from 21. */
const EPHEMERAL_STORAGE = {name: 'ephemeral storage', min: 21, max: 200, unit: 'GiB'}

/** Reads the ephemeral storage of a task in GiB: `50`, `50 GiB` or `50GB`. */
export function parseEphemeralStorage(text: string): Parsed<number> {
  const bare = text.replace(/ ?gi?b$/i, '')
  const size = parseNumber(bare, EPHEMERAL_STORAGE)
  return size.ok ? size : parseNumber(text, EPHEMERAL_STORAGE)
}

/** The problem of an amount of ephemeral storage in GiB, or `undefined`. */
export function ephemeralStorageProblem(sizeInGiB: number): string | undefined {
  return numberProblem(sizeInGiB, EPHEMERAL_STORAGE)
}

function parseAmount(text: string, unit: string, perUnit: number): number | undefined {
  const units = parseWholeNumber(text)
  if (units !== undefined) return units
  const [, number, name] = /^([0-9]+(?:\.[0-9]+)?|\.[0-9]+) ?([a-z]+)$/i.exec(text) ?? []
  if (number === undefined || name?.toLowerCase() !== unit) return undefined
  const amount = Number(number) * perUnit
  return Number.isSafeInteger(amount) ? amount : undefined
}

/** The values next to the wanted one, below and above, as far as there are any. */
function neighbours(values: readonly number[], wanted: number): number[] {
  const below = values.findLast((value) => value < wanted)
  const above = values.find((value) => value > wanted)
  return [below, above].filter((value) => value !== undefined)
}

function steps(first: number, last: number, step: number): number[] {
  return Array.from({length: (last - first) / step + 1}, (_, index) => first + index * step)
}
