import {expect, test} from 'vitest'
import {dockerConfigFile, hasCredentialHelper} from '../../../src/docker/credential-helper.js'

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'

test.each([
  {config: undefined, served: false},
  {config: '', served: false},
  {config: '{broken', served: false},
  {config: 'null', served: false},
  {config: '[]', served: false},
  {config: '{"auths": {"123456789012.dkr.ecr.eu-west-1.amazonaws.com": {}}}', served: false},
  {config: '{"credsStore": "desktop"}', served: false},
  {config: '{"credsStore": "ecr-login"}', served: true},
  {config: '{"credHelpers": {"123456789012.dkr.ecr.eu-west-1.amazonaws.com": "ecr-login"}}', served: true},
  {config: '{"credHelpers": {"public.ecr.aws": "ecr-login"}}', served: false},
  {config: '{"credHelpers": null}', served: false},
])('$config serves the registry: $served', ({config, served}) => {
  expect(hasCredentialHelper(config, registry)).toBe(served)
})

test('is not misled by what every object has', () => {
  expect(hasCredentialHelper('{"credHelpers": {}}', 'constructor')).toBe(false)
})

test.each([
  {env: {}, file: '/home/a/.docker/config.json'},
  {env: {DOCKER_CONFIG: ''}, file: '/home/a/.docker/config.json'},
  {env: {DOCKER_CONFIG: '/etc/docker-cli'}, file: '/etc/docker-cli/config.json'},
])('finds the configuration for $env', ({env, file}) => {
  expect(dockerConfigFile(env, '/home/a')).toBe(file)
})
