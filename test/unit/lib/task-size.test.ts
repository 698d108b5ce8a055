import {constantFrom, integer, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  cpuValues,
  ephemeralStorageProblem,
  memoryValues,
  parseEphemeralStorage,
  parseMemory,
  parseTaskSize,
  taskSizeProblem,
} from '../../../src/lib/task-size.js'
import {holdsFor} from './property.js'

const everyCpu = '256, 512, 1024, 2048, 4096, 8192, 16384, 32768'

describe('the table of Fargate', () => {
  test.for([
    [256, 3, 512, 2048],
    [512, 4, 1024, 4096],
    [1024, 7, 2048, 8192],
    [2048, 13, 4096, 16_384],
    [4096, 23, 8192, 30_720],
    [8192, 12, 16_384, 61_440],
    [16_384, 12, 32_768, 122_880],
    [32_768, 3, 61_440, 249_856],
  ] as const)('has, for cpu %i, %i amounts of memory from %i to %i', ([cpu, count, least, most]) => {
    const memories = memoryValues(cpu)
    expect(memories).toHaveLength(count)
    expect([memories[0], memories.at(-1)]).toEqual([least, most])
  })

  test('has nothing for another cpu', () => {
    expect(cpuValues.join(', ')).toBe(everyCpu)
    expect(memoryValues(300)).toEqual([])
  })
})

describe('a size', () => {
  test.for([
    ['256', '512', 256, 512],
    ['512', '1024', 512, 1024],
    ['.5 vCPU', '1GB', 512, 1024],
    ['0.5vcpu', '2 gb', 512, 2048],
    ['0.25 VCPU', '0.5 GB', 256, 512],
    ['1 vCPU', '8 GB', 1024, 8192],
    ['32 vCPU', '244 GB', 32_768, 249_856],
    ['32768', '61440', 32_768, 61_440],
  ] as const)('%s with %s is %i units and %i MiB', ([cpuText, memoryText, cpu, memory]) => {
    expect(parseTaskSize(cpuText, memoryText)).toEqual({ok: true, value: {cpu, memory}})
  })

  const cpuRule = `use ${everyCpu} or the same in vCPU, e.g. "0.5 vCPU"`
  const memoryRule = 'use MiB, e.g. 1024, or GB, e.g. "1 GB"'
  test.for([
    ['300', '512', `cpu 300 is not valid: ${cpuRule}`],
    ['0.5', '1024', `cpu 0.5 is not valid: ${cpuRule}`],
    ['1 GB', '1024', `cpu "1 GB" is not valid: ${cpuRule}`],
    ['3 vCPU', '1024', `cpu "3 vCPU" is not valid: ${cpuRule}`],
    ['1  vCPU', '2048', `cpu "1  vCPU" is not valid: ${cpuRule}`],
    ['+256', '512', `cpu +256 is not valid: ${cpuRule}`],
    ['', '512', `cpu "" is not valid: ${cpuRule}`],
    ['256', '512MB', `memory 512MB is not valid: ${memoryRule}`],
    ['256', '0', `memory 0 is not valid: ${memoryRule}`],
    ['256', '0.0001 GB', `memory "0.0001 GB" is not valid: ${memoryRule}`],
    ['x', 'y', `cpu x is not valid: ${cpuRule}; memory y is not valid: ${memoryRule}`],
    [
      '512',
      '512',
      'memory 512 does not go with cpu 512 on Fargate: use memory 1024 with cpu 512, or cpu 256 with memory 512',
    ],
    ['512', '1500', 'memory 1500 does not go with cpu 512 on Fargate: use memory 1024 or 2048 with cpu 512'],
    [
      '256',
      '3072',
      'memory 3072 does not go with cpu 256 on Fargate: use memory 2048 with cpu 256, or cpu 512 with memory 3072',
    ],
    [
      '2048',
      '2048',
      'memory 2048 does not go with cpu 2048 on Fargate: use memory 4096 with cpu 2048, or cpu 1024 with memory 2048',
    ],
    [
      '8192',
      '30720',
      'memory 30720 does not go with cpu 8192 on Fargate: ' +
        'use memory 28672 or 32768 with cpu 8192, or cpu 4096 with memory 30720',
    ],
    [
      '16384',
      '61440',
      'memory 61440 does not go with cpu 16384 on Fargate: ' +
        'use memory 57344 or 65536 with cpu 16384, or cpu 8192 or 32768 with memory 61440',
    ],
    [
      '32768',
      '65536',
      'memory 65536 does not go with cpu 32768 on Fargate: ' +
        'use memory 61440 or 122880 with cpu 32768, or cpu 16384 with memory 65536',
    ],
  ] as const)('%j with %j is refused', ([cpu, memory, problem]) => {
    expect(parseTaskSize(cpu, memory)).toEqual({ok: false, problem})
  })

  test('that is refused comes with sizes that are not', () => {
    holdsFor(tuple(constantFrom(...cpuValues), integer({min: 1, max: 250}), constantFrom(1, 1000, 1024)), (parts) => {
      const [cpu, amount, unit] = parts
      const problem = taskSizeProblem({cpu, memory: amount * unit})
      const [, memories, otherCpus] =
        /use memory ([0-9 or]+) with cpu [0-9]+(?:, or cpu ([0-9 or]+) with)?/.exec(problem ?? '') ?? []
      for (const memory of numbers(memories)) expect(taskSizeProblem({cpu, memory})).toBeUndefined()
      for (const other of numbers(otherCpus)) {
        expect(taskSizeProblem({cpu: other, memory: amount * unit})).toBeUndefined()
      }
      if (problem !== undefined) expect(numbers(memories)).not.toEqual([])
    })
  })

  test('has no memory for a cpu that Fargate does not run', () => {
    expect(taskSizeProblem({cpu: 300, memory: 512})).toBe(`cpu 300 is not valid: use ${everyCpu}`)
  })
})

test('memory is read on its own', () => {
  expect(parseMemory('1.5 GB')).toEqual({ok: true, value: 1536})
})

describe('ephemeral storage', () => {
  test.for([
    ['21', 21],
    ['200', 200],
    ['50GiB', 50],
    ['50 GB', 50],
  ] as const)('%s is %i GiB', ([text, size]) => {
    expect(parseEphemeralStorage(text)).toEqual({ok: true, value: size})
  })

  test.for(['20', '201', '1.5', 'x', '50 MiB', '20 GiB', ''])('%j is refused', (text) => {
    const shown = /^\S+$/.test(text) ? text : JSON.stringify(text)
    expect(parseEphemeralStorage(text)).toEqual({
      ok: false,
      problem: `ephemeral storage ${shown} is not valid: use a number from 21 to 200 GiB`,
    })
  })

  test('is checked as a number, too', () => {
    expect(ephemeralStorageProblem(21)).toBeUndefined()
    expect(ephemeralStorageProblem(20)).toBe('ephemeral storage 20 is not valid: use a number from 21 to 200 GiB')
  })
})

function numbers(text: string | undefined): number[] {
  return (text?.match(/[0-9]+/g) ?? []).map(Number)
}
