import {describe, expect, test} from 'vitest'
import type {ConfigurationOptions} from '../../../src/cli/configuration.js'
import {configuration} from '../../../src/cli/configuration.js'

const file = {
  path: '/work/app/fargate.yml',
  settings: [{flag: 'cluster', values: ['production'], line: 1}],
  services: new Map([['web', [{flag: 'env', values: ['TOKEN=hunter2'], line: 4}]]]),
}
const project = {file, applied: [{flag: 'cluster', values: ['production'], line: 1, words: ['--cluster=production']}]}

const options = (more: Partial<ConfigurationOptions> = {}): ConfigurationOptions => ({
  flags: {cluster: 'fargate', local: false, 'no-color': false, quiet: false, verbose: false},
  typed: new Set(),
  env: {HOME: '/home/me'},
  cwd: '/work/app/src',
  project: undefined,
  region: undefined,
  ...more,
})

const sourceOf = (name: string, more: Partial<ConfigurationOptions>) =>
  configuration(options(more)).settings.find((setting) => setting.name === name)?.source

describe('tells where a setting comes from', () => {
  const rows: readonly (readonly [string, string, Partial<ConfigurationOptions>, string])[] = [
    ['a flag', 'cluster', {typed: new Set(['cluster'])}, 'flag --cluster'],
    ['a variable of this program', 'cluster', {env: {FARGATE_CLUSTER: 'x'}}, 'environment FARGATE_CLUSTER'],
    [
      'the project file, whose words count as typed',
      'cluster',
      {project, typed: new Set(['cluster'])},
      '../fargate.yml:1',
    ],
    ['nothing', 'cluster', {}, 'default'],
    ['a variable of AWS', 'region', {env: {AWS_REGION: 'us-east-2'}, region: 'us-east-2'}, 'environment AWS_REGION'],
    ['a profile', 'region', {region: 'us-east-2'}, 'AWS configuration'],
    ['nowhere', 'region', {}, 'not set'],
    ['a profile by variable', 'profile', {env: {AWS_PROFILE: 'x'}}, 'environment AWS_PROFILE'],
    ['another docker', 'docker', {env: {FARGATE_DOCKER: 'podman'}}, 'environment FARGATE_DOCKER'],
  ]

  test.each(rows)('%s', (_what, name, more, source) => {
    expect(sourceOf(name, more)).toBe(source)
  })
})

test('shows the names of variables and not their values', () => {
  expect(configuration(options({project})).services).toEqual([
    {name: 'web', settings: [{flag: 'env', values: ['TOKEN'], line: 4}]},
  ])
})
