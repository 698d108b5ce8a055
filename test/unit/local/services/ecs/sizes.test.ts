import {describe, expect, test} from 'vitest'
import {cpuUnits, isFargateSize, memoryMib} from '../../../../../src/local/services/ecs/sizes.js'

describe('sizes', () => {
  test.each([
    ['256', 256],
    ['1024', 1024],
    ['1 vCPU', 1024],
    ['.5 vCPU', 512],
    ['0.25 vcpu', 256],
    ['2VCPU', 2048],
  ])('%s is %d CPU units', (text, units) => {
    expect(cpuUnits(text)).toBe(units)
  })

  test.each([
    ['512', 512],
    ['0.5 GB', 512],
    ['2GB', 2048],
    ['30 gb', 30_720],
  ])('%s is %d MiB', (text, mib) => {
    expect(memoryMib(text)).toBe(mib)
  })

  test.each(['', 'much', '1 GB', '-1', '0', '1.5'])('"%s" is no number of CPU units', (text) => {
    expect(() => cpuUnits(text)).toThrow("Invalid 'cpu' setting for task.")
  })

  test.each([
    [256, [512, 1024, 2048], [256, 3072, 4096]],
    [512, [1024, 2048, 3072, 4096], [512, 5120]],
    [1024, [2048, 8192], [1024, 9216]],
    [2048, [4096, 16_384], [3072, 17_408]],
    [4096, [8192, 30_720], [7168, 31_744]],
    [8192, [16_384, 20_480, 61_440], [17_408, 65_536]],
    [16_384, [32_768, 40_960, 122_880], [36_864, 131_072]],
    [32_768, [61_440, 122_880, 249_856], [65_536, 245_760]],
    [300, [], [512]],
  ])('Fargate offers %d CPU units with %j MiB and not with %j', (cpu, offered, refused) => {
    expect(offered.filter((memory) => !isFargateSize(cpu, memory))).toEqual([])
    expect(refused.filter((memory) => isFargateSize(cpu, memory))).toEqual([])
  })
  test.each([
    [256, 512, false],
    [512, 1024, false],
    [1024, 2048, true],
    [4096, 30_720, true],
    [8192, 16_384, false],
  ])('Fargate offers %d CPU units with %d MiB for Windows: %s', (cpu, memory, offered) => {
    expect(isFargateSize(cpu, memory, 'WINDOWS_SERVER_2022_CORE')).toBe(offered)
    expect(isFargateSize(cpu, memory)).toBe(true)
  })
})
