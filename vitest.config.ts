import {defineConfig} from 'vitest/config'

const shared = {restoreMocks: true, unstubEnvs: true, disableConsoleIntercept: true, retry: 0} as const

// Where .ci/run reads the counts from.
const report = process.env.FARGATE_TEST_REPORT

export default defineConfig({
  test: {
    ...(report !== undefined && {reporters: ['default', ['json', {outputFile: report}]]}),
    sequence: {shuffle: true},
    projects: [
      {test: {...shared, name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000}},
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/helpers/build-product.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: 'docker',
          include: ['test/docker/**/*.test.ts'],
          globalSetup: ['test/helpers/build-product.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
    ],
  },
})
