import {expect, test} from 'vitest'
import {platformOf} from '../../../src/docker/platform.js'

test.each([
  ['X86_64', 'linux/amd64'],
  ['x86_64', 'linux/amd64'],
  ['ARM64', 'linux/arm64'],
  ['arm64', 'linux/arm64'],
] as const)('builds for %s as %s', (architecture, platform) => {
  expect(platformOf(architecture)).toBe(platform)
})
