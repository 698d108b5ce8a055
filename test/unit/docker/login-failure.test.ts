import {expect, test} from 'vitest'
import {loginFailure} from '../../../src/docker/login-failure.js'
import {ProcessError} from '../../../src/process/runner.js'

test.each([
  {
    said: 'Error saving credentials: error storing credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
    cause: ': docker cannot keep the login',
  },
  {
    said: 'Error saving credentials: open /home/a/.docker/config.json1: permission denied',
    cause: ': docker cannot keep the login',
  },
  {
    said: 'Error response from daemon: Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
    cause: ': the registry cannot be reached',
  },
  {
    said: 'Error response from daemon: login attempt to https://r.example/v2/ failed with status: 400 Bad Request',
    cause: ': the registry does not take this login',
  },
  {
    said: 'Error response from daemon: Get "https://r.example/v2/": unauthorized: incorrect username or password',
    cause: ': the registry does not take this login',
  },
  {said: 'strange', cause: ''},
])('explains: $said', ({said, cause}) => {
  const command = ['docker', 'login', 'r.example']
  const failure = loginFailure(new ProcessError({command, reason: 'exited', exitCode: 1, stderr: said}), 'r.example')

  expect(failure).toMatchObject({code: 'REGISTRY_LOGIN_FAILED', exitCode: 3, details: {registry: 'r.example'}})
  expect(failure.message).toBe(`cannot log in to r.example${cause}\n  ${said}`)
})
