import {expect, test} from 'vitest'
import {buildCommand, loginCommand} from '../../../src/docker/commands.js'

const build = {context: 'app', platform: 'linux/amd64', tags: ['app:v1']} as const

test.each([
  {
    name: 'the least',
    with: {},
    command: 'docker build --platform linux/amd64 --tag app:v1 app',
  },
  {
    name: 'several tags',
    with: {tags: ['app:v1', 'app:v2']},
    command: 'docker build --platform linux/amd64 --tag app:v1 --tag app:v2 app',
  },
  {
    name: 'everything',
    with: {
      platform: 'linux/arm64',
      dockerfile: 'Other',
      buildArgs: {A: 'a=b', EMPTY: '', FROM_ENV: undefined},
      target: 'run',
    },
    command:
      'docker build --platform linux/arm64 --tag app:v1 --file Other --build-arg A=a=b --build-arg EMPTY= --build-arg FROM_ENV --target run app',
  },
  {
    name: 'a context that looks like a flag',
    with: {context: '--push'},
    command: 'docker build --platform linux/amd64 --tag app:v1 ./--push',
  },
] as const)('builds with $name', ({with: options, command}) => {
  expect(buildCommand('docker', {...build, ...options}).join(' ')).toBe(command)
})

test('logs in without the password among the arguments', () => {
  expect(loginCommand('podman', 'r.example', 'AWS').join(' ')).toBe(
    'podman login --username AWS --password-stdin r.example',
  )
})
