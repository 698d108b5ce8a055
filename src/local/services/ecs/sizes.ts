import {clientFault} from './faults.js'

/** The memory in MiB that Fargate offers with each number of CPU units. */
const FARGATE_MEMORY: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1, 4, 1)],
  [1024, steps(2, 8, 1)],
  [2048, steps(4, 16, 1)],
  [4096, steps(8, 30, 1)],
  [8192, steps(16, 60, 4)],
  [16_384, steps(32, 120, 8)],
  [32_768, [61_440, 122_880, 249_856]],
])

function steps(fromGib: number, toGib: number, stepGib: number): number[] {
  const count = (toGib - fromGib) / stepGib + 1
  return Array.from({length: count}, (_, index) => (fromGib + index * stepGib) * 1024)
}

/** The spellings of CPU: units (`1024`) or virtual CPUs (`1 vCPU`, `.5 vcpu`). */
const CPU = /^(?:(\d+)|(\d*\.?\d+)\s*vcpu)$/i
/** The spellings of memory: MiB (`512`) or GB (`2GB`, `0.5 gb`). */
const MEMORY = /^(?:(\d+)|(\d*\.?\d+)\s*gb)$/i

/** CPU units from either spelling. @throws AwsFault ClientException `Invalid 'cpu' setting for task.` */
export const cpuUnits = (text: string): number => parse(text, CPU, "Invalid 'cpu' setting for task.")

/** MiB from either spelling. @throws AwsFault ClientException */
export const memoryMib = (text: string): number => parse(text, MEMORY, "Invalid 'memory' setting for task.")

function parse(text: string, pattern: RegExp, message: string): number {
  const [, units, thousands] = pattern.exec(text.trim()) ?? []
  const value = units === undefined ? Math.round(Number(thousands) * 1024) : Number(units)
  if (!Number.isSafeInteger(value) || value <= 0) throw clientFault(message)
  return value
}

/** The sizes that Windows containers can have, in CPU units. */
const WINDOWS_CPU: readonly number[] = [1024, 2048, 4096]

/** Whether Fargate has a configuration of this size. Windows runs on one to four vCPUs only. */
export function isFargateSize(cpu: number, memory: number, operatingSystemFamily = 'LINUX'): boolean {
  if (operatingSystemFamily !== 'LINUX' && !WINDOWS_CPU.includes(cpu)) return false
  return FARGATE_MEMORY.get(cpu)?.includes(memory) ?? false
}
